import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.resources.Resource;
import java.util.concurrent.TimeUnit;

/** Exports records. Arguments: http or grpc, the endpoint, the compression, the service, the number. */
final class OpenTelemetryClient {
  public static void main(String[] args) {
    LogRecordExporter exporter =
        args[0].equals("http")
            ? OtlpHttpLogRecordExporter.builder()
                .setEndpoint(args[1])
                .setCompression(args[2])
                .build()
            : OtlpGrpcLogRecordExporter.builder()
                .setEndpoint(args[1])
                .setCompression(args[2])
                .build();
    Resource resource =
        Resource.create(
            io.opentelemetry.api.common.Attributes.of(
                AttributeKey.stringKey("service.name"), args[3]));
    SdkLoggerProvider provider =
        SdkLoggerProvider.builder()
            .setResource(resource)
            .addLogRecordProcessor(
                BatchLogRecordProcessor.builder(exporter).setMaxQueueSize(100_000).build())
            .build();
    Logger logger = provider.get("client");
    int count = Integer.parseInt(args[4]);
    for (int i = 0; i < count; i++) {
      logger
          .logRecordBuilder()
          .setSeverity(Severity.WARN)
          .setBody("line " + i)
          .setAttribute(AttributeKey.longKey("number"), (long) i)
          .emit();
    }
    provider.shutdown().join(30, TimeUnit.SECONDS);
    System.exit(0);
  }
}
