package dev.skald.server.grpc;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of one message of a call; their number is known, and that they all come is checked. */
final class MessageStream extends InputStream {
  private final InputStream from;
  private int left;

  MessageStream(InputStream from, int length) {
    this.from = from;
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int start, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int got = from.read(bytes, start, Math.min(left, length));
    if (got < 0) {
      throw new EOFException("message cut short: missing=" + left + " bytes");
    }
    left -= got;
    return got;
  }
}
