package dev.skald.ingest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The levels that detection knows, and the words for them (the page on Loki's HTTP API, section
 * 2.6).
 */
enum Level {
  UNKNOWN(""),
  TRACE("trace trc"),
  DEBUG("debug dbg"),
  INFO("info inf information"),
  WARN("warn wrn warning"),
  ERROR("error err"),
  CRITICAL("critical"),
  FATAL("fatal");

  private static final int WORD_BYTES_MAX = 11;

  /** Words by their length, and their levels in the same order. */
  private static final byte[][][] WORDS = new byte[WORD_BYTES_MAX + 1][][];

  private static final Level[][] LEVELS = new Level[WORD_BYTES_MAX + 1][];

  static {
    for (int length = 0; length <= WORD_BYTES_MAX; length++) {
      List<byte[]> words = new ArrayList<>();
      List<Level> levels = new ArrayList<>();
      for (Level level : values()) {
        for (String word : level.words.split(" ", -1)) {
          if (word.length() == length && length > 0) {
            words.add(word.getBytes(StandardCharsets.US_ASCII));
            levels.add(level);
          }
        }
      }
      WORDS[length] = words.toArray(byte[][]::new);
      LEVELS[length] = levels.toArray(Level[]::new);
    }
  }

  private final String text;

  /** With a blank between them. */
  private final String words;

  Level(String words) {
    this.text = name().toLowerCase(Locale.ROOT);
    this.words = words;
  }

  /** As it is stored: {@code error}. */
  String text() {
    return text;
  }

  /** The level that a word stands for, in any case; null if for none. */
  static @Nullable Level ofWord(byte[] bytes, int start, int end) {
    int length = end - start;
    if (length < 0 || length > WORD_BYTES_MAX) {
      return null;
    }
    byte[][] words = WORDS[length];
    for (int i = 0; i < words.length; i++) {
      if (isWord(words[i], bytes, start)) {
        return LEVELS[length][i];
      }
    }
    return null;
  }

  static @Nullable Level ofWord(String word) {
    if (word.length() > WORD_BYTES_MAX) {
      return null;
    }
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    return ofWord(bytes, 0, bytes.length);
  }

  /** The word's level in one form, or the word itself if it is none. */
  static String normalise(String word) {
    Level level = ofWord(word);
    return level == null ? word : level.text;
  }

  /** OTLP's severity numbers. */
  static Level ofSeverityNumber(String number) {
    int value;
    try {
      value = Integer.parseInt(number);
    } catch (NumberFormatException e) {
      return INFO;
    }
    if (value < 1 || value > 24) {
      return UNKNOWN;
    }
    return switch ((value - 1) / 4) {
      case 0 -> TRACE;
      case 1 -> DEBUG;
      case 2 -> INFO;
      case 3 -> WARN;
      case 4 -> ERROR;
      default -> FATAL;
    };
  }

  /** Whether the word, in lower-case letters, stands at {@code start}; the bytes are there. */
  static boolean isWord(byte[] word, byte[] bytes, int start) {
    for (int i = 0; i < word.length; i++) {
      if ((bytes[start + i] | 0x20) != word[i]) {
        return false;
      }
    }
    return true;
  }
}
