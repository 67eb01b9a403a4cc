package dev.skald.server.http;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.TenantId;
import dev.skald.query.TenantSet;
import dev.skald.server.tenant.TenantGate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** A request of Jetty's. */
final class JettyExchange implements Exchange {
  /** Bytes of a form body; a query text may have 128 KiB, escaped three times that. */
  static final int FORM_BYTES_MAX = 10 << 20;

  private final Request request;
  private final Matched matched;
  private final TenantGate gate;
  private @Nullable Parameters parameters;

  JettyExchange(Request request, Matched matched, TenantGate gate) {
    this.request = request;
    this.matched = matched;
    this.gate = gate;
  }

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public String pathVariable(String name) {
    String value = matched.variables().get(name);
    if (value == null) {
      throw new SkaldException(
          ErrorKind.BUG, "route %s has no variable %s", matched.template(), name);
    }
    return value;
  }

  @Override
  public Optional<String> header(String name) {
    HttpField field = request.getHeaders().getField(name);
    return field == null ? Optional.empty() : Optional.ofNullable(field.getValue());
  }

  @Override
  public Parameters parameters() throws IOException {
    if (parameters == null) {
      Parameters read = new Parameters();
      String contentType = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
      if (contentType != null && contentType.startsWith("application/x-www-form-urlencoded")) {
        byte[] form = body().readNBytes(FORM_BYTES_MAX + 1);
        if (form.length > FORM_BYTES_MAX) {
          throw new SkaldException(
              ErrorKind.TOO_LARGE, "form body too large: max=%d bytes", FORM_BYTES_MAX);
        }
        read.addAll(new String(form, StandardCharsets.UTF_8));
      }
      String query = request.getHttpURI().getQuery();
      if (query != null) {
        read.addAll(query);
      }
      parameters = read;
    }
    return parameters;
  }

  @Override
  public Parameters queryParameters() {
    Parameters read = new Parameters();
    String query = request.getHttpURI().getQuery();
    if (query != null) {
      read.addAll(query);
    }
    return read;
  }

  @Override
  public InputStream body() {
    return Content.Source.asInputStream(request);
  }

  @Override
  public long bodyBytes() {
    return request.getLength();
  }

  @Override
  public TenantId tenant() {
    return gate.tenant(header("X-Scope-OrgID"));
  }

  @Override
  public TenantSet tenants() {
    return TenantSet.of(gate.tenants(header("X-Scope-OrgID")));
  }

  @Override
  public boolean cancelled() {
    EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    return endPoint instanceof WatchedEndPoint watched
        ? watched.clientHasGone()
        : !endPoint.isOpen();
  }
}
