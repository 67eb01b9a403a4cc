package dev.skald.server.http;

import dev.skald.model.TenantId;
import dev.skald.query.TenantSet;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/** One request as an endpoint sees it. */
interface Exchange {
  String method();

  /** The value that stands for {@code {name}} in the route's path, percent-decoded. */
  String pathVariable(String name);

  /** The first value of a header. */
  Optional<String> header(String name);

  /**
   * Query string and, for form posts, body. Read once; later calls give the same.
   *
   * @throws dev.skald.error.SkaldException BAD_REQUEST for a query string that is none, TOO_LARGE for its body
   */
  Parameters parameters() throws IOException;

  /**
   * The query string alone.
   *
   * @throws dev.skald.error.SkaldException BAD_REQUEST for a query string that is none
   */
  Parameters queryParameters();

  /** The body as sent; not to be combined with {@link #parameters} of a form post. */
  InputStream body();

  /** Declared length of the body in bytes, or -1. */
  long bodyBytes();

  /**
   * Whose data this request is about.
   *
   * @throws dev.skald.error.SkaldException UNAUTHENTICATED or BAD_REQUEST
   */
  TenantId tenant();

  /**
   * Whose data a query is about.
   *
   * @throws dev.skald.error.SkaldException UNAUTHENTICATED or BAD_REQUEST
   */
  TenantSet tenants();

  /** Whether the client has gone; to be asked when the request was read to its end. Any thread. */
  boolean cancelled();

  /** A route's template and what its variables stand for. */
  record Matched(String template, Map<String, String> variables) {
    public Matched {
      variables = Map.copyOf(variables);
    }
  }
}
