// Arguments: the server's URL, the number of lines, true for JSON.
import winston from "winston";
import LokiTransport from "winston-loki";

const [url, count, json] = process.argv.slice(2);
const client = json === "true" ? "winston-json" : "winston-protobuf";
const transport = new LokiTransport({
  host: url,
  json: json === "true",
  interval: 1,
  labels: { client },
  onConnectionError: (error) => console.error(error),
});
const logger = winston.createLogger({ transports: [transport] });
for (let i = 0; i < Number(count); i++) {
  logger.info({ message: "line " + i });
  if (i % 500 === 499) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
await transport.flush();
await new Promise((resolve) => setTimeout(resolve, 1500));
process.exit(0);
