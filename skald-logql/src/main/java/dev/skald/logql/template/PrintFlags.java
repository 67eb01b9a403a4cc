package dev.skald.logql.template;

/** What stands between the percent sign and the verb. */
final class PrintFlags {
  /** Beyond this Go refuses a width or precision. */
  static final int SIZE_MAX = 1_000_000;

  static final int ABSENT = -1;

  boolean plus;
  boolean minus;
  boolean sharp;
  boolean space;
  boolean zero;

  /** {@code %+v} and {@code %#v}: the flag then means something else. */
  boolean plusV;

  boolean sharpV;

  int width = ABSENT;
  int precision = ABSENT;

  boolean hasWidth() {
    return width != ABSENT;
  }

  boolean hasPrecision() {
    return precision != ABSENT;
  }

  /** Without any. */
  void clear() {
    plus = false;
    minus = false;
    sharp = false;
    space = false;
    zero = false;
    plusV = false;
    sharpV = false;
    width = ABSENT;
    precision = ABSENT;
  }

  /** Before a verb is applied. */
  void settle(int verb) {
    if (verb == 'v') {
      sharpV = sharp;
      sharp = false;
      plusV = plus;
      plus = false;
    }
  }
}
