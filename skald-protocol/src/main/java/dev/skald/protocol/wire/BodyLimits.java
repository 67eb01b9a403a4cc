package dev.skald.protocol.wire;

/**
 * How large a body may be; larger ones are refused with TOO_LARGE.
 *
 * @param wireBytesMax as sent, compressed or not
 * @param inflatedBytesMax after every compression is undone
 */
public record BodyLimits(int wireBytesMax, int inflatedBytesMax) {
  /** 16 MiB on the wire, 64 MiB inflated. */
  public static final BodyLimits DEFAULTS = new BodyLimits(16 << 20, 64 << 20);

  /** Arrays end shortly before 2 GiB. */
  private static final int BYTES_MAX = 1 << 30;

  public BodyLimits {
    if (wireBytesMax < 1 || wireBytesMax > BYTES_MAX) {
      throw new IllegalArgumentException("wireBytesMax " + wireBytesMax);
    }
    if (inflatedBytesMax < 1 || inflatedBytesMax > BYTES_MAX) {
      throw new IllegalArgumentException("inflatedBytesMax " + inflatedBytesMax);
    }
  }
}
