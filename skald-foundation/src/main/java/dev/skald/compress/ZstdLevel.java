package dev.skald.compress;

/**
 * How hard zstd tries.
 *
 * @param level zstd's compression level
 * @param matchBytesMin shortest repetition looked for, 3 to 7; 0 leaves it to the level
 * @param windowLog repetitions are found this far back, as a power of two of bytes; 0 leaves it to
 *     the level
 */
public record ZstdLevel(int level, int matchBytesMin, int windowLog) {
  /** For columns of numbers and small tables. */
  public static final ZstdLevel COLUMNS = new ZstdLevel(3, 0, 0);

  /**
   * For slot columns: what is left of lines once their shapes and numbers are taken out is little,
   * so trying harder costs next to nothing. Measured, bytes of 100 MB of wide event JSON and of a 2.4
   * MB access log: level 3 880 and 128 kB, level 6 827 and 121 kB, level 9 767 and 119 kB, in the
   * same CPU time within 5 %.
   */
  public static final ZstdLevel FRAMES = new ZstdLevel(9, 0, 0);

  /** For tables of a few kilobytes that are read often and written once. */
  public static final ZstdLevel TABLES = new ZstdLevel(9, 0, 0);

  /**
   * For columns and tables of small and of cold segments. Measured, a frame of 254 KiB of columns of
   * system logs: level 9 152 kB in 4 ms, level 14 139 kB in 19 ms, level 16 139 kB in 27 ms; 282 KiB
   * of rare lines: 64.3 kB in 3 ms, 64.0 kB in 8 ms, 62.1 kB in 17 ms; level 19 takes two to four
   * times as long for 2 % less.
   */
  public static final ZstdLevel THOROUGH = new ZstdLevel(16, 0, 0);

  /**
   * For lines of logs, in pages of 8 MiB. Logs repeat in long pieces and are full of short
   * coincidences (ids, numbers) that cost more than they save. Measured, ratio and MB/s against
   * level 3 with its own settings: JSON with random ids 0.187 at 638 (0.196 at 373), wide event
   * JSON 0.0140 at 3,409 (0.0161 at 2,710), system logs 0.0996 at 762 (0.1024 at 630), access logs
   * 0.0968 at 891 (0.0960 at 735).
   */
  public static final ZstdLevel LINES = new ZstdLevel(2, 7, 23);

  /**
   * For lines of cold segments: written once more in the background, read for years. Measured as
   * above against {@link #LINES}: access logs 0.063 (0.082), system logs 0.085 (0.099), event JSON
   * 0.0104 (0.0130), at 12 to 180 MB/s; level 12 takes twice the time for 1 to 5 % less.
   */
  public static final ZstdLevel COLD_LINES = new ZstdLevel(9, 0, 23);

  public ZstdLevel {
    if (level < 1 || level > 22) {
      throw new IllegalArgumentException("zstd level " + level);
    }
    if (matchBytesMin != 0 && (matchBytesMin < 3 || matchBytesMin > 7)) {
      throw new IllegalArgumentException("shortest match of " + matchBytesMin + " bytes");
    }
    if (windowLog != 0 && (windowLog < 10 || windowLog > 27)) {
      throw new IllegalArgumentException("window of 2^" + windowLog + " bytes");
    }
  }
}
