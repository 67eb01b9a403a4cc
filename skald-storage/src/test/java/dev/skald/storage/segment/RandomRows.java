package dev.skald.storage.segment;

import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.Matcher;
import dev.skald.model.MatcherTest;
import dev.skald.model.QuerySpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Rows of one day as a property test wants them: few streams, many ties, odd lines, every kind of
 * metadata.
 */
public final class RandomRows {
  private static final long DAY_NANOS = 86_400_000_000_000L;
  private static final String[] NAMES = {"app", "env", "pod", "zone"};
  private static final String[] VALUES = {"", "a", "b", "web-1", "web-2", "\ud83d\ude00", "\ud800"};

  private RandomRows() {}

  public static SegmentLimits limits(Random random) {
    return random.nextBoolean()
        ? SegmentLimits.DEFAULT
        : new SegmentLimits(1 + random.nextInt(500), 1 + random.nextInt(50));
  }

  public static List<List<StoredRow>> batches(Random random, long dayStart) {
    List<Labels> streams = new ArrayList<>();
    int streamCount = 1 + random.nextInt(12);
    for (int i = 0; i < streamCount; i++) {
      streams.add(labels(random, NAMES));
    }
    long unit = new long[] {1, 1000, 1_000_000, 1_000_000_000}[random.nextInt(4)];
    long range = 1 + random.nextLong(random.nextBoolean() ? 20 : DAY_NANOS / unit);
    int metadataKinds = random.nextInt(4);
    List<List<StoredRow>> batches = new ArrayList<>();
    int batchCount = 1 + random.nextInt(4);
    for (int b = 0; b < batchCount; b++) {
      List<StoredRow> batch = new ArrayList<>();
      int rowCount = 1 + random.nextInt(random.nextInt(10) == 0 ? 600 : 40);
      for (int i = 0; i < rowCount; i++) {
        Labels stream = streams.get(random.nextInt(streams.size()));
        long time = dayStart + random.nextLong(range) * unit;
        Labels metadata = metadata(random, metadataKinds);
        batch.add(new StoredRow(stream, time, line(random), metadata));
      }
      batches.add(batch);
    }
    return batches;
  }

  private static Labels labels(Random random, String[] names) {
    List<Label> labels = new ArrayList<>();
    for (String name : names) {
      if (random.nextInt(3) > 0) {
        labels.add(new Label(name, VALUES[random.nextInt(VALUES.length)]));
      }
    }
    return Labels.of(labels);
  }

  private static Labels metadata(Random random, int kinds) {
    return switch (kinds) {
      case 0 -> Labels.EMPTY;
      case 1 -> Labels.of("trace_id", Integer.toHexString(random.nextInt()));
      case 2 -> Labels.of("level", random.nextInt(20) == 0 ? "error" : "info");
      default -> labels(random, new String[] {"k", "l", "m"});
    };
  }

  private static String line(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> "";
      case 1 -> "GET /index.html " + random.nextInt(3);
      case 2 -> "two\nlines\0and a NUL";
      case 3 -> "\u00ff\u00fe broken \u00c3 utf-8"; // Latin-1 here: bytes that no text has
      default -> noise(random);
    };
  }

  private static String noise(Random random) {
    StringBuilder line = new StringBuilder();
    for (int i = random.nextInt(80); i > 0; i--) {
      line.append((char) random.nextInt(256));
    }
    return line.toString();
  }

  /** Matchers that a stream with these labels may pass. */
  public static List<MatcherTest> matchers(Random random, Labels labels) {
    List<MatcherTest> tests = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      String name = random.nextInt(10) == 0 ? "absent" : NAMES[random.nextInt(NAMES.length)];
      String value =
          random.nextInt(3) == 0 ? VALUES[random.nextInt(VALUES.length - 1)] : labels.get(name);
      Matcher matcher =
          switch (random.nextInt(4)) {
            case 0 -> new Matcher(name, Matcher.Op.EQUAL, value);
            case 1 -> new Matcher(name, Matcher.Op.NOT_EQUAL, value);
            case 2 -> new Matcher(name, Matcher.Op.REGEX, random.nextBoolean() ? "web.*|a" : ".*");
            default -> new Matcher(name, Matcher.Op.NOT_REGEX, random.nextBoolean() ? "b|" : ".+");
          };
      tests.add(MatcherTest.of(matcher));
    }
    return tests;
  }

  public static QuerySpan span(Random random, List<StoredRow> rows) {
    long a = rows.get(random.nextInt(rows.size())).epochNanos() + random.nextInt(3) - 1;
    long b = rows.get(random.nextInt(rows.size())).epochNanos() + random.nextInt(3) - 1;
    return new QuerySpan(Math.min(a, b), Math.max(a, b));
  }
}
