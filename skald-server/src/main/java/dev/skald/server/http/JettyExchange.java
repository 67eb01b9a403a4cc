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
  private final Request request;
  private final Matched matched;
  private final TenantGate gate;
  private final int formBytesMax;
  private @Nullable Parameters parameters;

  /** {@code formBytesMax}: of a form's body. */
  JettyExchange(Request request, Matched matched, TenantGate gate, int formBytesMax) {
    this.request = request;
    this.matched = matched;
    this.gate = gate;
    this.formBytesMax = formBytesMax;
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
        byte[] form = body().readNBytes(formBytesMax + 1);
        if (form.length > formBytesMax) {
          throw new SkaldException(
              ErrorKind.TOO_LARGE, "form body too large: max=%d bytes", formBytesMax);
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
