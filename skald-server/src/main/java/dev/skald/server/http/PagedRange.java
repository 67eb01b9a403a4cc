package dev.skald.server.http;

import dev.skald.logql.engine.LogPage;
import dev.skald.logql.engine.PagePosition;
import dev.skald.logql.engine.QueryParams;
import dev.skald.protocol.query.QueryResultWriter;
import dev.skald.protocol.query.ResponseFormat;
import dev.skald.query.QueryRequest;
import dev.skald.query.QueryService;
import dev.skald.query.RequestLimits;
import dev.skald.query.TenantSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * {@code query_range} with the parameter {@code cursor}, which is Skald's own (docs/api.md): empty for the first page,
 * else what the page before gave.
 */
final class PagedRange {
  /** The parameter. */
  static final String CURSOR = "cursor";

  /** The header of an answer behind which there may be more. */
  static final String NEXT_CURSOR = "X-Skald-Next-Cursor";

  private final QueryService service;

  PagedRange(QueryService service) {
    this.service = service;
  }

  Reply answer(Exchange exchange, TenantSet tenants, Parameters parameters, QueryParams params)
      throws IOException {
    String query = parameters.first("query");
    CursorText cursor = new CursorText(query, params);
    String text = parameters.first(CURSOR);
    @Nullable PagePosition after = text.isEmpty() ? null : cursor.read(text);
    LogPage page =
        service.page(
            tenants,
            new QueryRequest(
                query, params, QueryTags.of(exchange), RequestLimits.NONE, exchange::cancelled),
            after);
    String next = page.next().map(cursor::write).orElse("");
    ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
    QueryResultWriter.writePage(
        out,
        page.answer().result(),
        page.answer().stats(),
        page.answer().warnings(),
        new ResponseFormat(EncodingFlags.of(exchange), params.direction()),
        next);
    Reply reply = Reply.json(out.toByteArray());
    return next.isEmpty() ? reply : reply.with(NEXT_CURSOR, next);
  }
}
