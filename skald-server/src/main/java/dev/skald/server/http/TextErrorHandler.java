package dev.skald.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers what never reaches a route (bytes that are not HTTP, headers beyond the limit) in plain text. */
final class TextErrorHandler extends ErrorHandler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Object reason = request.getAttribute(ERROR_MESSAGE);
    String text = reasonText(reason) + "\n";
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Reply.TEXT);
    response.write(true, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), callback);
    return true;
  }

  private static String reasonText(@Nullable Object reason) {
    return reason == null ? "bad request" : reason.toString();
  }
}
