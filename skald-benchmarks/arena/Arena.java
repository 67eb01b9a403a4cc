import java.io.*;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.time.Duration;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.function.*;

/**
 * The arena: the same corpus pushed over the same protocol (Loki push, snappy protobuf) into any
 * server that speaks it, and the same questions asked of each, so that ratios hold in one run.
 *
 * <p>java Arena.java build OUT.push SPEC... corpus -> request bodies (SPEC = kind:path[:maxMB], see
 * README) java Arena.java push IN.push URL CONNS [PID] [HEADER:VALUE] send all bodies, print MB/s,
 * CPU s, RSS of PID java Arena.java ask QUERIES.tsv BASE DIALECT RUNS START END [PID] run each
 * query RUNS times
 *
 * <p>build stamps entries evenly over the last HOURS (env HOURS, default 6) ending NOW (env END_S,
 * default now-120).
 *
 * <p>Long because it is a program of one file, which runs without a build beside any server.
 */
public class Arena {
  // ---------- corpus ----------
  record Line(long ts, int stream, byte[] text) {}

  static int hash(byte[] b, int i) {
    int v = (b[i] & 255) | (b[i + 1] & 255) << 8 | (b[i + 2] & 255) << 16 | (b[i + 3] & 255) << 24;
    return (v * 0x1e35a7bd) >>> 18;
  }

  /** Snappy block format, 64 KiB windows, greedy hash of 4 bytes. */
  static byte[] snappy(byte[] in, int n) {
    ByteArrayOutputStream o = new ByteArrayOutputStream(n / 3 + 32);
    int x = n;
    while (x >= 128) {
      o.write(x & 127 | 128);
      x >>>= 7;
    }
    o.write(x);
    int[] tab = new int[1 << 14];
    for (int base = 0; base < n; base += 65536) {
      int end = Math.min(n, base + 65536);
      Arrays.fill(tab, -1);
      int lit = base, p = base;
      while (p + 4 <= end - 4) {
        int h = hash(in, p);
        int c = tab[h];
        tab[h] = p;
        if (c >= base
            && in[c] == in[p]
            && in[c + 1] == in[p + 1]
            && in[c + 2] == in[p + 2]
            && in[c + 3] == in[p + 3]) {
          int len = 4;
          while (p + len < end && in[c + len] == in[p + len]) len++;
          literal(o, in, lit, p);
          int off = p - c, l = len;
          while (l > 0) {
            int k = Math.min(l, 64);
            if (l - k > 0 && l - k < 1) k = l - 1;
            o.write((k - 1) << 2 | 2);
            o.write(off & 255);
            o.write(off >>> 8);
            l -= k;
          }
          p += len;
          lit = p;
        } else p++;
      }
      literal(o, in, lit, end);
    }
    return o.toByteArray();
  }

  static void literal(ByteArrayOutputStream o, byte[] in, int a, int b) {
    int n = b - a;
    if (n == 0) return;
    int m = n - 1;
    if (m < 60) o.write(m << 2);
    else if (m < 256) {
      o.write(60 << 2);
      o.write(m);
    } else {
      o.write(61 << 2);
      o.write(m & 255);
      o.write(m >>> 8);
    }
    o.write(in, a, n);
  }

  static void vi(ByteArrayOutputStream o, long v) {
    while ((v & ~127L) != 0) {
      o.write((int) (v & 127 | 128));
      v >>>= 7;
    }
    o.write((int) v);
  }

  static int vlen(long v) {
    int n = 1;
    while ((v & ~127L) != 0) {
      n++;
      v >>>= 7;
    }
    return n;
  }

  static byte[] request(List<Line> lines, List<String> labels) {
    Map<Integer, List<Line>> by = new LinkedHashMap<>();
    for (Line l : lines) by.computeIfAbsent(l.stream, k -> new ArrayList<>()).add(l);
    ByteArrayOutputStream o = new ByteArrayOutputStream(1 << 21);
    for (var e : by.entrySet()) {
      ByteArrayOutputStream s = new ByteArrayOutputStream(1 << 16);
      byte[] lb = labels.get(e.getKey()).getBytes(StandardCharsets.UTF_8);
      s.write(0x0a);
      vi(s, lb.length);
      s.writeBytes(lb);
      for (Line l : e.getValue()) {
        long sec = l.ts / 1_000_000_000L, ns = l.ts % 1_000_000_000L;
        int tl = 1 + vlen(sec) + (ns == 0 ? 0 : 1 + vlen(ns));
        int el = 1 + 1 + tl + 1 + vlen(l.text.length) + l.text.length;
        s.write(0x12);
        vi(s, el);
        s.write(0x0a);
        vi(s, tl);
        s.write(0x08);
        vi(s, sec);
        if (ns != 0) {
          s.write(0x10);
          vi(s, ns);
        }
        s.write(0x12);
        vi(s, l.text.length);
        s.writeBytes(l.text);
      }
      o.write(0x0a);
      vi(o, s.size());
      o.writeBytes(s.toByteArray());
    }
    byte[] raw = o.toByteArray();
    return snappy(raw, raw.length);
  }

  static class Corpus {
    List<String> labels = new ArrayList<>();
    Map<String, Integer> ids = new HashMap<>();
    List<int[]> order = new ArrayList<>();
    List<byte[]> text = new ArrayList<>();
    List<Integer> stream = new ArrayList<>();

    int id(String l) {
      Integer i = ids.get(l);
      if (i == null) {
        i = labels.size();
        ids.put(l, i);
        labels.add(l);
      }
      return i;
    }

    void add(String l, byte[] t) {
      if (t.length == 0) return;
      stream.add(id(l));
      text.add(t);
    }
  }

  static void eachLine(Path p, long max, Consumer<byte[]> f) throws IOException {
    try (var in = new BufferedInputStream(Files.newInputStream(p), 1 << 20)) {
      ByteArrayOutputStream b = new ByteArrayOutputStream();
      long n = 0;
      int c;
      while ((c = in.read()) >= 0) {
        n++;
        if (c == '\n') {
          byte[] x = b.toByteArray();
          b.reset();
          if (x.length > 0 && x[x.length - 1] == '\r') x = Arrays.copyOf(x, x.length - 1);
          f.accept(x);
          if (n > max) return;
        } else b.write(c);
      }
      if (b.size() > 0) f.accept(b.toByteArray());
    }
  }

  static String field(String s, String k) {
    int i = s.indexOf("\"" + k + "\":\"");
    if (i < 0) return "none";
    i += k.length() + 4;
    int j = s.indexOf('"', i);
    return s.substring(i, j).replaceAll("[^A-Za-z0-9_.-]", "_");
  }

  static void load(Corpus c, String spec) throws IOException {
    String[] s = spec.split(":");
    long max = s.length > 2 ? Long.parseLong(s[2]) * 1_000_000L : Long.MAX_VALUE;
    Path p = Path.of(s[1]);
    switch (s[0]) {
      case "nginx" -> {
        int[] n = {0};
        eachLine(p, max, t -> c.add("{host=\"web-" + (n[0]++ % 4 + 1) + "\", job=\"nginx\"}", t));
      }
      case "winjson" ->
          eachLine(
              p,
              max,
              t -> {
                String x = new String(t, StandardCharsets.UTF_8);
                c.add(
                    "{channel=\""
                        + field(x, "Channel")
                        + "\", host=\""
                        + field(x, "Hostname")
                        + "\", job=\"windows\"}",
                    t);
              });
      case "dir" -> {
        List<Path> fs;
        try (var w = Files.walk(p)) {
          fs = w.filter(Files::isRegularFile).sorted().toList();
        } // interleave files round-robin in blocks of 50 lines
        List<List<byte[]>> all = new ArrayList<>();
        List<String> lab = new ArrayList<>();
        long[] tot = {0};
        for (Path f : fs) {
          if (tot[0] > max) break;
          List<byte[]> l = new ArrayList<>();
          eachLine(
              f,
              Long.MAX_VALUE,
              t -> {
                l.add(t);
                tot[0] += t.length;
              });
          all.add(l);
          lab.add(
              "{file=\""
                  + p.relativize(f).toString().replaceAll("[^A-Za-z0-9_.-]", "_")
                  + "\", job=\"iotdb\", node=\""
                  + f.getFileName().toString().replace(".log", "")
                  + "\"}");
        }
        int[] pos = new int[all.size()];
        boolean more = true;
        while (more) {
          more = false;
          for (int i = 0; i < pos.length; i++) {
            var l = all.get(i);
            int e = Math.min(l.size(), pos[i] + 50);
            for (; pos[i] < e; pos[i]++) c.add(lab.get(i), l.get(pos[i]));
            if (pos[i] < l.size()) more = true;
          }
        }
      }
      case "appjson" -> synth(c, max, Long.parseLong(s[1]));
      case "streams" -> {
        int n = Integer.parseInt(s[1]);
        for (int k = 0; k < 10; k++)
          for (int i = 0; i < n; i++)
            c.add(
                "{job=\"cards\", namespace=\"ns-" + i % 50 + "\", pod=\"pod-" + i + "\"}",
                ("level=info ts="
                        + k
                        + " msg=\"request served\" pod=pod-"
                        + i
                        + " dur="
                        + (i * 31 + k * 7) % 997
                        + "ms")
                    .getBytes(StandardCharsets.UTF_8));
      }
      default -> throw new IllegalArgumentException(spec);
    }
  }

  /**
   * Structured application logs as the seeds show them: request id, trace id, latency, level, path,
   * user. Seeded.
   */
  static void synth(Corpus c, long max, long seed) {
    Random r = new Random(seed);
    String[] apps = {
      "churn-api", "payment-api", "auth", "gateway", "billing", "search", "cart", "catalog"
    };
    String[] lv = {
      "INFO", "INFO", "INFO", "INFO", "INFO", "INFO", "DEBUG", "DEBUG", "WARNING", "ERROR"
    };
    String[] paths = {
      "/predict",
      "/health",
      "/api/v1/orders",
      "/api/v1/users",
      "/login",
      "/search",
      "/cart/items",
      "/checkout"
    };
    String[] msg = {
      "Request completed",
      "Prediction successful",
      "Request started",
      "Cache miss, loading from database",
      "Retrying upstream call",
      "Database connection timeout",
      "Low confidence prediction",
      "Payment declined by provider"
    };
    long n = 0;
    long t0 = 1_700_000_000_000L;
    while (n < max) {
      String app = apps[(int) Math.min(7, Math.abs(r.nextGaussian() * 2))];
      int pod = r.nextInt(6);
      String l = lv[r.nextInt(10)];
      t0 += r.nextInt(20);
      double lat = Math.exp(3 + r.nextGaussian());
      int st = l.equals("ERROR") ? 500 + r.nextInt(4) : r.nextInt(50) == 0 ? 404 : 200;
      String m = l.equals("ERROR") ? msg[5 + r.nextInt(3) == 6 ? 6 : 5] : msg[r.nextInt(5)];
      String line =
          "{\"timestamp\":\""
              + java.time.Instant.ofEpochMilli(t0)
              + "\",\"level\":\""
              + l
              + "\",\"logger\":\""
              + app.replace('-', '_')
              + ".api\",\"message\":\""
              + m
              + "\",\"method\":\""
              + (r.nextInt(3) == 0 ? "POST" : "GET")
              + "\",\"path\":\""
              + paths[(int) Math.min(7, Math.abs(r.nextGaussian() * 2.5))]
              + "\",\"status_code\":"
              + st
              + ",\"latency_ms\":"
              + String.format(Locale.ROOT, "%.2f", lat)
              + ",\"request_id\":\""
              + String.format(
                  "%08x-%04x-%04x-%012x",
                  r.nextInt(), r.nextInt(65536), r.nextInt(65536), r.nextLong() & 0xffffffffffffL)
              + "\",\"trace_id\":\""
              + String.format("%016x%016x", r.nextLong(), r.nextLong())
              + "\",\"user_id\":\"user-"
              + (int) Math.min(99999, Math.exp(r.nextDouble() * 11.5))
              + "\",\"confidence\":"
              + String.format(Locale.ROOT, "%.3f", r.nextDouble())
              + "}";
      byte[] b = line.getBytes(StandardCharsets.UTF_8);
      n += b.length;
      c.add(
          "{app=\""
              + app
              + "\", job=\"app\", namespace=\"production\", pod=\""
              + app
              + "-"
              + pod
              + "\"}",
          b);
    }
  }

  static void build(String[] a) throws IOException {
    Corpus c = new Corpus();
    for (int i = 2; i < a.length; i++) {
      load(c, a[i]);
    }
    int n = c.text.size();
    long end =
        System.getenv("END_S") != null
            ? Long.parseLong(System.getenv("END_S"))
            : System.currentTimeMillis() / 1000 - 120;
    double hours = Double.parseDouble(System.getenv().getOrDefault("HOURS", "6"));
    long start = (long) ((end - hours * 3600) * 1e9);
    double step = hours * 3600e9 / n;
    // several specs are interleaved by giving each its own even spacing: here all lines share one
    // spacing in load order per job
    Map<String, List<Integer>> byJob = new LinkedHashMap<>();
    for (int i = 0; i < n; i++) {
      String l = c.labels.get(c.stream.get(i));
      String j = l.replaceAll(".*job=\"([^\"]*)\".*", "$1");
      byJob.computeIfAbsent(j, k -> new ArrayList<>()).add(i);
    }
    long[] ts = new long[n];
    for (var e : byJob.values()) {
      double st = hours * 3600e9 / e.size();
      for (int k = 0; k < e.size(); k++) ts[e.get(k)] = start + (long) (k * st);
    }
    Integer[] ord = new Integer[n];
    for (int i = 0; i < n; i++) ord[i] = i;
    Arrays.sort(ord, Comparator.comparingLong(i -> ts[i]));
    long raw = 0, wire = 0, reqs = 0;
    try (var out =
        new DataOutputStream(
            new BufferedOutputStream(Files.newOutputStream(Path.of(a[1])), 1 << 20))) {
      List<Line> batch = new ArrayList<>();
      long sz = 0;
      for (int k = 0; k < n; k++) {
        int i = ord[k];
        batch.add(new Line(ts[i], c.stream.get(i), c.text.get(i)));
        sz += c.text.get(i).length;
        raw += c.text.get(i).length;
        if (sz >= 1 << 20 || k == n - 1) {
          byte[] b = request(batch, c.labels);
          out.writeInt(b.length);
          out.writeInt((int) sz);
          out.write(b);
          wire += b.length;
          reqs++;
          batch.clear();
          sz = 0;
        }
      }
    }
    System.out.printf(
        "lines %d streams %d raw %.1f MB wire %.1f MB requests %d start_s %d end_s %d%n",
        n, c.labels.size(), raw / 1e6, wire / 1e6, reqs, start / 1_000_000_000L, end);
  }

  // ---------- process figures ----------
  static double cpu(String pid) throws IOException {
    if (pid == null) return 0;
    String s = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] f = s.substring(s.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(f[11]) + Long.parseLong(f[12])) / 100.0;
  }

  static long rss(String pid, String k) throws IOException {
    if (pid == null) return 0;
    for (String l : Files.readAllLines(Path.of("/proc/" + pid + "/status")))
      if (l.startsWith(k)) return Long.parseLong(l.replaceAll("[^0-9]", "")) / 1024;
    return 0;
  }

  static void push(String[] a) throws Exception {
    int conns = Integer.parseInt(a[3]);
    String pid = a.length > 4 && !a[4].isEmpty() ? a[4] : null;
    String[] hdr = a.length > 5 ? a[5].split(":", 2) : null;
    var q = new ArrayBlockingQueue<byte[]>(64);
    var raw = new AtomicLong();
    var bad = new AtomicLong();
    var msg = new ConcurrentHashMap<String, Integer>();
    var lat = new ConcurrentLinkedQueue<Double>();
    HttpClient h = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    byte[] EOF = new byte[0];
    List<Thread> ts = new ArrayList<>();
    double c0 = cpu(pid);
    long t0 = System.nanoTime();
    for (int i = 0; i < conns; i++) {
      Thread t =
          new Thread(
              () -> {
                try {
                  while (true) {
                    byte[] b = q.take();
                    if (b == EOF) return;
                    for (int tries = 0; ; tries++) {
                      var rb =
                          HttpRequest.newBuilder(URI.create(a[2]))
                              .timeout(Duration.ofSeconds(60))
                              .header("Content-Type", "application/x-protobuf")
                              .POST(HttpRequest.BodyPublishers.ofByteArray(b));
                      if (hdr != null) rb.header(hdr[0], hdr[1]);
                      long s = System.nanoTime();
                      var r = h.send(rb.build(), HttpResponse.BodyHandlers.ofString());
                      lat.add((System.nanoTime() - s) / 1e6);
                      if (r.statusCode() / 100 == 2) break;
                      if (msg.merge("status " + r.statusCode(), 1, Integer::sum) == 1)
                        System.out.println(
                            r.statusCode()
                                + " "
                                + r.body().substring(0, Math.min(200, r.body().length())));
                      if ((r.statusCode() == 429 || r.statusCode() == 503) && tries < 200) {
                        Thread.sleep(50);
                        continue;
                      }
                      bad.incrementAndGet();
                      break;
                    }
                  }
                } catch (Exception e) {
                  bad.incrementAndGet();
                  msg.merge(e.toString(), 1, Integer::sum);
                }
              });
      t.start();
      ts.add(t);
    }
    try (var in =
        new DataInputStream(
            new BufferedInputStream(Files.newInputStream(Path.of(a[1])), 1 << 20))) {
      while (true) {
        int n;
        try {
          n = in.readInt();
        } catch (EOFException e) {
          break;
        }
        raw.addAndGet(in.readInt());
        byte[] b = in.readNBytes(n);
        q.put(b);
      }
    }
    for (int i = 0; i < conns; i++) q.put(EOF);
    for (Thread t : ts) t.join();
    double sec = (System.nanoTime() - t0) / 1e9;
    double[] ls = lat.stream().mapToDouble(x -> x).sorted().toArray();
    double c1 = cpu(pid);
    System.out.printf(
        Locale.ROOT,
        "pushed %.1f MB in %.1f s = %.1f MB/s; server cpu %.1f s = %.1f MB/cpu-s; p50 %.1f ms p99"
            + " %.1f ms; rss %d MB peak %d MB; failed %d %s%n",
        raw.get() / 1e6,
        sec,
        raw.get() / 1e6 / sec,
        c1 - c0,
        pid == null ? 0 : raw.get() / 1e6 / (c1 - c0),
        ls[ls.length / 2],
        ls[(int) (ls.length * 0.99)],
        rss(pid, "VmRSS"),
        rss(pid, "VmHWM"),
        bad.get(),
        msg);
  }

  static void ask(String[] a) throws Exception {
    String base = a[2], dialect = a[3];
    int runs = Integer.parseInt(a[4]);
    String start = a[5], end = a[6];
    String pid = a.length > 7 ? a[7] : null;
    HttpClient h = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    for (String l : Files.readAllLines(Path.of(a[1]))) {
      if (l.isBlank() || l.startsWith("#")) continue;
      String[] f = l.split("\t");
      if (!f[1].equals(dialect)) continue;
      String url = base + f[2];
      Map<String, String> p = new LinkedHashMap<>();
      for (int i = 3; i < f.length; i++) {
        int e = f[i].indexOf('=');
        p.put(
            f[i].substring(0, e),
            f[i].substring(e + 1).replace("$START", start).replace("$END", end));
      }
      StringBuilder body = new StringBuilder();
      p.forEach(
          (k, v) -> {
            if (body.length() > 0) body.append('&');
            body.append(k).append('=').append(URLEncoder.encode(v, StandardCharsets.UTF_8));
          });
      double[] ms = new double[runs];
      int code = 0;
      long len = 0;
      String head = "";
      double c0 = cpu(pid);
      for (int r = 0; r < runs; r++) {
        var rq =
            HttpRequest.newBuilder(URI.create(url + "?" + body))
                .timeout(Duration.ofSeconds(120))
                .header("Accept", "application/json")
                .GET()
                .build();
        long s = System.nanoTime();
        try {
          var re = h.send(rq, HttpResponse.BodyHandlers.ofString());
          ms[r] = (System.nanoTime() - s) / 1e6;
          code = re.statusCode();
          len = re.body().length();
          head = re.body();
        } catch (Exception e) {
          ms[r] = (System.nanoTime() - s) / 1e6;
          code = -1;
          head = e.toString();
        }
      }
      double first = ms[0];
      double[] s = ms.clone();
      Arrays.sort(s);
      String sum = summary(head);
      System.out.printf(
          Locale.ROOT,
          "%-28s %3d first %8.1f ms  median %8.1f ms  cpu/run %7.3f s  bytes %8d  %s%n",
          f[0],
          code,
          first,
          s[runs / 2],
          (cpu(pid) - c0) / runs,
          len,
          code == 200 ? sum : head.substring(0, Math.min(160, head.length())).replace('\n', ' '));
    }
    if (pid != null)
      System.out.printf("rss %d MB peak %d MB%n", rss(pid, "VmRSS"), rss(pid, "VmHWM"));
  }

  /**
   * A digest that can be compared between servers: number of value arrays and the sum of all metric
   * values.
   */
  static String summary(String b) {
    int n = 0;
    double sum = 0;
    var m =
        java.util.regex.Pattern.compile("\\[(\\d+(?:\\.\\d+)?),\"([-0-9.eE+]+)\"\\]").matcher(b);
    while (m.find()) {
      n++;
      try {
        sum += Double.parseDouble(m.group(2));
      } catch (Exception e) {
      }
    }
    if (n == 0) {
      int k = 0, i = -1;
      while ((i = b.indexOf("[\"1", i + 1)) >= 0) k++;
      int nd = 0;
      if (k == 0) for (i = 0; i < b.length(); i++) if (b.charAt(i) == '\n') nd++;
      return k > 0 ? "entries " + k : "lines " + nd;
    }
    return String.format(Locale.ROOT, "points %d sum %.6g", n, sum);
  }

  public static void main(String[] a) throws Exception {
    switch (a[0]) {
      case "build" -> build(a);
      case "push" -> push(a);
      case "ask" -> ask(a);
      default -> throw new IllegalArgumentException(a[0]);
    }
  }
}
