package dev.skald.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Log lines as services write them, made from a seed: request ids, levels, latencies, paths. */
public enum SampleLines {
  /** Some 250 bytes: eight members, none nested. */
  JSON {
    @Override
    String line(Random random) {
      return text(
          """
      {"level":"%s","message":"%s","path":"%s","status_code":%d,"latency_ms":%.2f,\
      "request_id":"%016x","trace_id":"%016x%016x","user_id":"user-%d"}""",
          fields(random));
    }
  },
  /** Some 190 bytes: eight pairs, one quoted. */
  LOGFMT {
    @Override
    String line(Random random) {
      return text(
          """
      level=%s msg="%s" path=%s status=%d latency_ms=%.2f request_id=%016x trace_id=%016x%016x \
      user=user-%d""",
          fields(random));
    }
  },
  /** Some 130 bytes: a web server's access log. */
  ACCESS {
    @Override
    String line(Random random) {
      return text(
          """
      10.%d.%d.%d - - [01/Jan/2026:10:%02d:%02d +0000] "GET %s HTTP/1.1" %d %d "-" \
      "Mozilla/5.0 (X11; Linux x86_64)" %d""",
          random.nextInt(256),
          random.nextInt(256),
          random.nextInt(256),
          random.nextInt(60),
          random.nextInt(60),
          pick(PATHS, random),
          status(random),
          random.nextInt(50_000),
          random.nextInt(2_000));
    }
  },
  /** Some 250 bytes: a logfmt line in {@code _entry}, and two labels. */
  PACKED {
    @Override
    String line(Random random) {
      return text(
          "{\"pod\":\"web-%d\",\"container\":\"app\",\"_entry\":\"%s\"}",
          random.nextInt(16), LOGFMT.line(random).replace("\"", "\\\""));
    }
  },
  /** Some 220 bytes: a logfmt line with a coloured level and message. */
  COLOURED {
    @Override
    String line(Random random) {
      return "\u001b[1;32mINFO\u001b[0m \u001b[36mhandled\u001b[0m " + LOGFMT.line(random);
    }
  },
  /** Some 110 bytes: a database's own log, a time, a thread, a class and one of eight sentences. */
  SYSTEM {
    @Override
    String line(Random random) {
      String sentence =
          text(
              SENTENCES[random.nextInt(SENTENCES.length)],
              random.nextInt(1 << 20),
              random.nextInt(500),
              pick(WORDS, random));
      return text(
          "2026-01-01 10:%02d:%02d,%03d [pool-%d-thread-%d] %s",
          random.nextInt(60),
          random.nextInt(60),
          random.nextInt(1000),
          random.nextInt(9),
          random.nextInt(64),
          sentence);
    }
  };

  private static final String[] WORDS = {"flush", "merge", "scan", "sync", "seek", "load", "split"};
  private static final String[] SENTENCES = {
    "INFO  d.e.FlushManager:142 - Region root.sg%d was flushed in %d ms by %s",
    "INFO  d.e.FlushManager:97 - Memory table of region root.sg%1$d is full, %3$s follows",
    "DEBUG d.e.c.CompactionTask:311 - Chunk %d of %d pages was read, next is %s",
    "WARN  d.q.QueryTask:55 - Query %d took %d ms, which is slow (%s)",
    "ERROR d.n.Connection:208 - Connection to 10.0.3.%2$d:%1$d was lost: broken pipe in %3$s",
    "INFO  d.n.Connection:188 - Session %d opened by user-%d",
    "DEBUG d.w.WalWriter:77 - File wal-%d-%d.log rolled, reason=%s size=%1$d",
    "INFO  d.m.Metrics:40 - heap used=%d MB threads=%d state=\"%s\""
  };

  private static final String[] LEVELS = {"INFO", "INFO", "INFO", "DEBUG", "WARNING", "ERROR"};
  private static final String[] PATHS = {"/login", "/search", "/cart/items", "/api/v1/orders"};
  private static final String[] MESSAGES = {
    "Request completed",
    "Cache miss, loading from database",
    "Database connection timeout",
    "timeout after 3 tries, served from cache",
    "call failed, err code 7"
  };

  private static final long SEED = 7;

  abstract String line(Random random);

  /** Lines of so many bytes together, the last one whole; the same ones at each call. */
  List<byte[]> make(int bytes) {
    Random random = new Random(SEED);
    List<byte[]> lines = new ArrayList<>();
    for (long made = 0; made < bytes; ) {
      byte[] line = line(random).getBytes(StandardCharsets.UTF_8);
      lines.add(line);
      made += line.length;
    }
    return lines;
  }

  /** The same in every country. */
  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static Object[] fields(Random random) {
    return new Object[] {
      pick(LEVELS, random),
      pick(MESSAGES, random),
      pick(PATHS, random),
      status(random),
      Math.exp(3 + random.nextGaussian()),
      random.nextLong(),
      random.nextLong(),
      random.nextLong(),
      random.nextInt(100_000)
    };
  }

  private static String pick(String[] values, Random random) {
    return values[random.nextInt(values.length)];
  }

  private static int status(Random random) {
    return random.nextInt(10) == 0 ? 500 : 200;
  }
}
