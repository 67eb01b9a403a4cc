package dev.skald.ingest;

import dev.skald.ingest.PushBodies.Sent;
import dev.skald.ingest.PushBodies.SentEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Pushes with a bit of everything, from a seed. */
final class RandomPushes {
  private static final String[] NAMES = {"app", "job", "level", "env", "x_1", "service_name"};
  private static final String[] VALUES = {"web", "db", "warn", "", "it's \"q\"", "日本", "a\nb"};
  private static final String[] METADATA = {
    "trace_id", "a.b", "detected_level", "level", "1x", "severity_number", "__y__"
  };
  private static final String[] WORDS = {
    "error", "info", "level=warn", "msg=\"x\"", "{\"level\":\"debug\"}", "é", "\u0000", "GET", ""
  };

  private RandomPushes() {}

  static List<Sent> next(int seed, long nowEpochNanos) {
    Random random = new Random(seed);
    List<Sent> sent = new ArrayList<>();
    for (int s = random.nextInt(5); s >= 0; s--) {
      Map<String, String> labels = some(random, NAMES, VALUES, 4);
      List<SentEntry> entries = new ArrayList<>();
      for (int e = random.nextInt(6); e > 0; e--) {
        StringBuilder line = new StringBuilder();
        for (int w = random.nextInt(6); w > 0; w--) {
          line.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
        long time = nowEpochNanos - random.nextInt(10) * 86_400_000_000_000L + random.nextInt(9);
        Map<String, String> metadata = some(random, METADATA, VALUES, random.nextInt(3));
        entries.add(new SentEntry(time, line.toString().strip(), metadata));
      }
      sent.add(new Sent(labels, entries));
    }
    return sent;
  }

  private static Map<String, String> some(
      Random random, String[] names, String[] values, int countMax) {
    Map<String, String> some = new LinkedHashMap<>();
    for (int i = random.nextInt(countMax + 1); i > 0; i--) {
      some.put(names[random.nextInt(names.length)], values[random.nextInt(values.length)]);
    }
    return some;
  }
}
