package dev.skald.benchmarks;

import dev.skald.storage.column.ValueSlices;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;

/** Values of slots, made from a seed. */
public enum SampleColumn {
  LEVEL,
  USER,
  LATENCY,
  TIME,
  TRACE,
  WORDS;

  private static final long SEED = 11;
  private static final long START_MILLIS = 1_700_000_000_000L;
  private static final String[] LEVELS = {"info", "info", "info", "warn", "error"};

  /** So many bytes of values. */
  ValueSlices make(int valueBytes) {
    Random random = new Random(SEED);
    ByteArrayOutputStream all = new ByteArrayOutputStream(valueBytes + Long.BYTES);
    ValueSlices values = new ValueSlices();
    int[] ends = new int[valueBytes];
    int count = 0;
    while (all.size() < valueBytes) {
      all.writeBytes(value(random, count).getBytes(StandardCharsets.UTF_8));
      ends[count++] = all.size();
    }
    values.reset(all.toByteArray());
    for (int i = 0; i < count; i++) {
      values.add(i == 0 ? 0 : ends[i - 1], ends[i]);
    }
    return values;
  }

  private String value(Random random, int index) {
    return switch (this) {
      case LEVEL -> LEVELS[random.nextInt(LEVELS.length)];
      case USER -> "user-" + (int) Math.exp(random.nextDouble() * 11.5);
      case LATENCY -> String.format(Locale.ROOT, "%.2f", Math.exp(random.nextGaussian() * 1.2 + 3));
      case TIME ->
          Instant.ofEpochMilli(START_MILLIS + index * 9L).toString().substring(0, 19)
              + String.format(Locale.ROOT, ".%03dZ", random.nextInt(1000));
      case TRACE -> String.format(Locale.ROOT, "%016x%016x", random.nextLong(), random.nextLong());
      case WORDS ->
          "order " + Integer.toString(random.nextInt(1 << 20), 36) + " of " + random.nextInt(90);
    };
  }
}
