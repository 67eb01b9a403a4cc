package dev.skald.storage.shape;

/**
 * Recognises dates and times, which are one slot although they are made of several numbers: {@code
 * 2006-01-02T15:04:05.999Z}, {@code 2006/01/02 15:04:05,999}, {@code 15:04:05.999}. Only their
 * layout is looked at: the 99th of a month is a date too.
 */
final class TimeText {
  private TimeText() {}

  /** Where the date or time that starts at {@code start}, a digit, ends; -1 if none does. */
  static int end(byte[] bytes, int start, int end) {
    int time = clockEnd(bytes, start, end);
    if (time >= 0) {
      return time;
    }
    int date = dateEnd(bytes, start, end);
    if (date < 0) {
      return -1;
    }
    if (date < end && (bytes[date] == 'T' || bytes[date] == ' ' || bytes[date] == '-')) {
      time = clockEnd(bytes, date + 1, end);
      if (time >= 0) {
        return zoneEnd(bytes, time, end);
      }
    }
    return isTokenByte(bytes, date, end) ? -1 : date;
  }

  private static int dateEnd(byte[] bytes, int start, int end) {
    if (start + 10 > end) {
      return -1;
    }
    byte separator = bytes[start + 4];
    if ((separator != '-' && separator != '/' && separator != '.')
        || bytes[start + 7] != separator) {
      return -1;
    }
    boolean areDigits =
        digits(bytes, start, 4) && digits(bytes, start + 5, 2) && digits(bytes, start + 8, 2);
    return areDigits ? start + 10 : -1;
  }

  /** {@code 15:04:05}, with dots as well, and what follows a second. */
  private static int clockEnd(byte[] bytes, int start, int end) {
    if (start + 8 > end) {
      return -1;
    }
    byte separator = bytes[start + 2];
    if ((separator != ':' && separator != '.')
        || bytes[start + 5] != separator
        || !digits(bytes, start, 2)
        || !digits(bytes, start + 3, 2)
        || !digits(bytes, start + 6, 2)) {
      return -1;
    }
    int at = start + 8;
    if (at + 1 < end
        && (bytes[at] == '.' || bytes[at] == ',' || bytes[at] == ':')
        && TextSplitter.isDigit(bytes[at + 1])) {
      at++;
      while (at < end && TextSplitter.isDigit(bytes[at])) {
        at++;
      }
    }
    return at < end && TextSplitter.isDigit(bytes[at]) ? -1 : at;
  }

  private static int zoneEnd(byte[] bytes, int at, int end) {
    return at < end && bytes[at] == 'Z' ? at + 1 : at;
  }

  private static boolean digits(byte[] bytes, int start, int count) {
    for (int i = start; i < start + count; i++) {
      if (!TextSplitter.isDigit(bytes[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isTokenByte(byte[] bytes, int at, int end) {
    if (at >= end) {
      return false;
    }
    int b = bytes[at];
    return b < 0 || b == '_' || TextSplitter.isDigit((byte) b) || Character.isLetter(b);
  }
}
