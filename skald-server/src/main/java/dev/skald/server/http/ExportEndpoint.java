package dev.skald.server.http;

import dev.skald.clock.EpochClock;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.engine.LogPage;
import dev.skald.logql.engine.QueryParams;
import dev.skald.model.Direction;
import dev.skald.model.TenantId;
import dev.skald.protocol.query.ExportWriter;
import dev.skald.query.LogExport;
import dev.skald.query.QueryLimits;
import dev.skald.query.QueryRequest;
import dev.skald.query.QueryService;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Function;

/** {@code /skald/v1/export}: all entries of a log query, sent while they are found (docs/api.md). */
final class ExportEndpoint {
  private static final long STEP_NANOS = 1_000_000_000L;

  private final EpochClock clock;
  private final QueryService service;
  private final Function<TenantId, QueryLimits> limits;

  ExportEndpoint(EpochClock clock, QueryService service, Function<TenantId, QueryLimits> limits) {
    this.clock = clock;
    this.service = service;
    this.limits = limits;
  }

  Answer export(Exchange exchange) throws IOException {
    TenantId tenant = exchange.tenant();
    Parameters parameters = exchange.parameters();
    SpanParameters.Bounds span = SpanParameters.read(parameters, clock.nowEpochNanos());
    if (span.endEpochNanos() < span.startEpochNanos()) {
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST, "end timestamp must not be before or equal to start time");
    }
    ExportWriter.Format format = format(parameters.first("format"));
    Direction direction =
        parameters.has("direction") ? QueryEndpoints.direction(parameters) : Direction.FORWARD;
    QueryParams params =
        new QueryParams(
            QueryParams.Kind.RANGE,
            span.startEpochNanos(),
            span.endEpochNanos(),
            STEP_NANOS,
            0,
            1,
            direction);
    LogExport export =
        new LogExport(
            service,
            limits,
            tenant,
            new QueryRequest(parameters.first("query"), params, exchange::cancelled));
    List<LogPage.Row> first = export.next(); // what is wrong with the query is told by the status
    return new StreamedAnswer(
        format.contentType(),
        out -> {
          ExportWriter writer = new ExportWriter(out, format);
          write(first, writer, out);
          export.drainTo(rows -> write(rows, writer, out));
          writer.end();
        });
  }

  private static void write(List<LogPage.Row> rows, ExportWriter writer, OutputStream out)
      throws IOException {
    for (LogPage.Row row : rows) {
      writer.write(row.stream(), row.entry());
    }
    writer.flush();
    out.flush();
  }

  private static ExportWriter.Format format(String text) {
    return switch (text) {
      case "", "ndjson" -> ExportWriter.Format.NDJSON;
      case "csv" -> ExportWriter.Format.CSV;
      case "text" -> ExportWriter.Format.TEXT;
      default ->
          throw SkaldException.of(
              ErrorKind.BAD_REQUEST, "invalid format '" + text + "': expected ndjson, csv or text");
    };
  }
}
