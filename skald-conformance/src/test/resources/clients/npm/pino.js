// Arguments: the server's URL, the number of lines.
import pino from "pino";

const [url, count] = process.argv.slice(2);
const transport = pino.transport({
  target: "pino-loki",
  options: { host: url, batching: { interval: 1 }, labels: { client: "pino" } },
});
const logger = pino(transport);
for (let i = 0; i < Number(count); i++) {
  logger.info({ number: i }, "line " + i);
  if (i % 500 === 499) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
await new Promise((resolve) => setTimeout(resolve, 2500));
transport.end();
