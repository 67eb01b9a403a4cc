package dev.skald.server.http;

import dev.skald.protocol.query.TailWriter;
import dev.skald.query.tail.TailTarget;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.server.Request;

/** A tail as lines of JSON. Now and then a line without entries shows that it lives; the last line says why it ended. */
final class JsonLines implements TailTarget, AutoCloseable {
  /** A line each time would be more noise than use. */
  private static final int PINGS_PER_LINE = 10;

  private static final byte[] NO_ENTRIES = "{\"streams\":[]}".getBytes(StandardCharsets.UTF_8);

  private final OutputStream out;
  private final Request request;
  private int pings;

  JsonLines(OutputStream out, Request request) {
    this.out = out;
    this.request = request;
  }

  @Override
  public void send(byte[] frame) throws IOException {
    out.write(frame);
    out.write('\n');
    out.flush();
  }

  @Override
  public void ping() throws IOException {
    if (pings++ % PINGS_PER_LINE == 0) {
      send(NO_ENTRIES);
    }
  }

  @Override
  public boolean isClosed() {
    return !request.getConnectionMetaData().getConnection().getEndPoint().isOpen();
  }

  void end(String reason) throws IOException {
    send(TailWriter.ended(reason));
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
