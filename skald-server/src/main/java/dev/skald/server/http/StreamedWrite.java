package dev.skald.server.http;

import dev.skald.error.SkaldException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a {@link StreamedAnswer}. One answer, one thread, which waits for the client. */
final class StreamedWrite {
  private static final Logger LOG = LoggerFactory.getLogger(StreamedWrite.class);
  private static final int GZIP_BUFFER_BYTES = 32 << 10;
  private static final int OK = 200;
  private static final int CLIENT_HAS_GONE = 499;
  private static final int INTERNAL_ERROR = 500;

  private final Response response;
  private long sentBytes;

  StreamedWrite(Response response) {
    this.response = response;
  }

  /**
   * How it ended.
   *
   * @param status for metrics; the client has seen 200
   * @param failure null if all was sent
   */
  record End(int status, long sentBytes, @Nullable Throwable failure) {}

  /** Sends all of it; does not end the exchange. */
  End send(String route, StreamedAnswer answer, HttpFront.Compression compression) {
    response.setStatus(OK);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
    try {
      OutputStream out = open(compression);
      answer.body().writeTo(out);
      out.close(); // not if it failed: the client must not take a part for the whole
    } catch (IOException e) {
      LOG.info("{} ended by the client after {} bytes", route, sentBytes);
      return new End(CLIENT_HAS_GONE, sentBytes, e);
    } catch (SkaldException e) {
      LOG.info("{} cut after {} bytes: {}", route, sentBytes, e.getMessage());
      return new End(ErrorReply.status(e.kind()), sentBytes, e);
    } catch (RuntimeException e) {
      LOG.error("{} failed on a bug of ours", route, e);
      return new End(INTERNAL_ERROR, sentBytes, e);
    }
    return new End(OK, sentBytes, null);
  }

  private OutputStream open(HttpFront.Compression compression) throws IOException {
    OutputStream counted = new Counted(Content.Sink.asOutputStream(response));
    return switch (compression) {
      case NONE -> counted;
      case GZIP -> {
        response.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
        response.getHeaders().put(HttpHeader.VARY, "Accept-Encoding");
        yield new GZIPOutputStream(counted, GZIP_BUFFER_BYTES, true); // a flush reaches the client
      }
    };
  }

  /** Counts what goes out. */
  private final class Counted extends FilterOutputStream {
    Counted(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int start, int length) throws IOException {
      out.write(bytes, start, length);
      sentBytes += length;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      sentBytes++;
    }
  }
}
