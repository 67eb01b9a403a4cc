package dev.skald.conformance;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 over one kept connection to loopback that sends exactly the bytes it is given: the recorded requests hold
 * targets and headers that no client library would let pass.
 */
final class RawHttp implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 60_000;

  private final int port;
  private @Nullable Socket socket;
  private @Nullable InputStream in;

  RawHttp(int port) {
    this.port = port;
  }

  /** Sends and waits for the answer; a connection that was closed meanwhile is opened anew once. */
  HttpReply send(String method, String target, Map<String, String> headers, byte @Nullable [] body)
      throws IOException {
    boolean fresh = socket == null;
    try {
      return exchange(method, target, headers, body);
    } catch (IOException e) {
      close();
      if (fresh) {
        throw e;
      }
      return exchange(method, target, headers, body);
    }
  }

  private HttpReply exchange(
      String method, String target, Map<String, String> headers, byte @Nullable [] body)
      throws IOException {
    Socket open = connect();
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    head.append("Host: 127.0.0.1:").append(port).append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (body != null || method.equals("POST") || method.equals("PUT") || method.equals("PATCH")) {
      head.append("Content-Length: ").append(body == null ? 0 : body.length).append("\r\n");
    }
    head.append("\r\n");
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
    if (body != null) {
      request.writeBytes(body);
    }
    request.writeTo(open.getOutputStream());
    open.getOutputStream().flush();
    return read(method);
  }

  private Socket connect() throws IOException {
    Socket open = socket;
    if (open == null) {
      open = new Socket(InetAddress.getLoopbackAddress(), port);
      open.setTcpNoDelay(true);
      open.setSoTimeout(TIMEOUT_MILLIS);
      socket = open;
      in = new BufferedInputStream(open.getInputStream());
    }
    return open;
  }

  private HttpReply read(String method) throws IOException {
    String statusLine = line();
    int status = Integer.parseInt(statusLine.split(" ")[1]);
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    byte[] body = method.equals("HEAD") || status == 204 ? new byte[0] : body(headers);
    if ("close".equals(headers.get("connection"))) {
      close();
    }
    if ("gzip".equals(headers.get("content-encoding")) && body.length > 0) {
      body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
    }
    return new HttpReply(status, headers, body);
  }

  private byte[] body(Map<String, String> headers) throws IOException {
    if ("chunked".equals(headers.get("transfer-encoding"))) {
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      while (true) {
        int size = Integer.parseInt(line().split(";")[0].strip(), 16);
        whole.writeBytes(exactly(size));
        line();
        if (size == 0) {
          return whole.toByteArray();
        }
      }
    }
    return exactly(Integer.parseInt(headers.getOrDefault("content-length", "0")));
  }

  private InputStream input() throws IOException {
    if (in == null) {
      throw new IOException("not connected");
    }
    return in;
  }

  private byte[] exactly(int count) throws IOException {
    byte[] bytes = input().readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("the answer ended after " + bytes.length + " of " + count + " bytes");
    }
    return bytes;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = input().read(); b != '\n'; b = input().read()) {
      if (b < 0) {
        throw new EOFException("the connection was closed");
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    Socket open = socket;
    socket = null;
    in = null;
    if (open != null) {
      open.close();
    }
  }
}
