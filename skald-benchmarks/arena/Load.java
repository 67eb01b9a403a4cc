import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * How long a server takes under a load that does not wait for it: requests have a time at which
 * they are due, whether or not earlier ones were answered, and latency counts from that time
 * (otherwise a pause of the server would hide the requests that it kept from being sent).
 *
 * <pre>
 * java Load.java push URL RATE BYTES SECONDS [PID]     pushes of BYTES of lines, RATE in a second
 * java Load.java tail URL CLIENTS LINES SECONDS [PID]  tails over web sockets, LINES pushed in a second
 * </pre>
 *
 * <p>URL is the server's, without a path. PID is the server's process: its CPU time is shown. The
 * first WARM seconds (environment, 5) do not count. The server must allow it:
 * {@code -distributor.ingestion-rate-limit-mb=1000 -distributor.ingestion-burst-size-mb=1000
 * -querier.max-concurrent-tail-requests=1000}. Needs Arena.java beside it. Pushes are made before the
 * start, in memory: RATE * (WARM + SECONDS) of about a third of BYTES.
 */
public class Load {
  private static final long SECOND = 1_000_000_000L;

  /** Agents: each has a connection and a stream of its own, so that lines come in order. */
  private static final int AGENTS = 64;

  private static long warmNanos() {
    return Long.parseLong(System.getenv().getOrDefault("WARM", "5")) * SECOND;
  }

  private static long epochNanos() {
    return System.currentTimeMillis() * 1_000_000L;
  }

  private static void awaitNanos(long time) {
    for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static void print(String what, long[] nanos, int count) {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    StringBuilder line = new StringBuilder(what);
    for (double q : new double[] {0.5, 0.9, 0.99, 0.999, 1}) {
      int index = Math.max(0, (int) Math.ceil(q * count) - 1);
      String name = q == 1 ? "max" : "p" + Double.toString(q * 100).replaceAll("\\.0$", "");
      line.append("  %s %.2f ms".formatted(name, count == 0 ? 0 : sorted[index] / 1e6));
    }
    System.out.println(line);
  }

  private static void printCpu(String pid, double cpuBefore, double seconds) throws IOException {
    if (pid != null) {
      double cpu = Arena.cpu(pid) - cpuBefore;
      System.out.printf(
          "server: %.1f CPU s, %.2f cores, RSS %d MB%n",
          cpu, cpu / seconds, Arena.rss(pid, "VmRSS"));
    }
  }

  // ---------- push ----------

  /** Lines of a service's log, with numbers and ids that no other line has. */
  private static List<Arena.Line> lines(Random random, int bytes, int request, long now) {
    List<Arena.Line> lines = new ArrayList<>();
    for (int i = 0, size = 0; size < bytes; i++) {
      String text =
          "level=%s ts=%d caller=api.go:%d method=%s path=/v1/items/%d status=%d duration=%dms id=%016x"
              .formatted(
                  random.nextInt(20) == 0 ? "error" : "info",
                  now + i,
                  random.nextInt(900),
                  random.nextInt(4) == 0 ? "POST" : "GET",
                  random.nextInt(100_000),
                  random.nextInt(10) == 0 ? 500 : 200,
                  random.nextInt(2_000),
                  random.nextLong());
      byte[] line = text.getBytes(StandardCharsets.UTF_8);
      lines.add(new Arena.Line(now + i, request % AGENTS, line));
      size += line.length;
    }
    return lines;
  }

  /** One connection, kept alive. */
  private static final class Connection {
    private final URI uri;
    private Socket socket;
    private InputStream in;

    Connection(URI uri) {
      this.uri = uri;
    }

    int post(byte[] body) throws IOException {
      if (socket == null) {
        socket = new Socket(uri.getHost(), uri.getPort());
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
      }
      String head =
          "POST /loki/api/v1/push HTTP/1.1\r\nHost: load\r\nContent-Type: application/x-protobuf\r\n"
              + "Content-Length: "
              + body.length
              + "\r\n\r\n";
      byte[] message = new byte[head.length() + body.length];
      System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, message, 0, head.length());
      System.arraycopy(body, 0, message, head.length(), body.length);
      socket.getOutputStream().write(message);
      return status();
    }

    private int status() throws IOException {
      int status = Integer.parseInt(line().split(" ")[1]);
      int length = 0;
      for (String header = line(); !header.isEmpty(); header = line()) {
        if (header.toLowerCase().startsWith("content-length:")) {
          length = Integer.parseInt(header.substring(15).strip());
        }
      }
      in.skipNBytes(length);
      return status;
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) {
          throw new IOException("the server closed the connection");
        }
        line.append((char) c);
      }
      return line.toString().strip();
    }
  }

  private static void push(String[] a) throws Exception {
    URI uri = URI.create(a[1]);
    double rate = Double.parseDouble(a[2]);
    int bytes = Integer.parseInt(a[3]);
    int warm = (int) (warmNanos() / SECOND * rate);
    int total = warm + (int) (Integer.parseInt(a[4]) * rate);
    String pid = a.length > 5 ? a[5] : null;
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < AGENTS; i++) {
      labels.add("{app=\"load\", instance=\"i" + i + "\"}");
    }
    // all before the start: making them would take time from the server, which is on the same machine
    byte[][] bodies = new byte[total][];
    long lineBytes = 0;
    Random random = new Random(7);
    for (int i = 0; i < total; i++) {
      List<Arena.Line> lines = lines(random, bytes, i, epochNanos() + (long) (i * (SECOND / rate)));
      bodies[i] = Arena.request(lines, labels);
      if (i >= warm) {
        lineBytes += lines.stream().mapToLong(line -> line.text().length).sum();
      }
    }
    System.out.printf("bodies: %d of %.1f kB%n", total, bodies[total - 1].length / 1e3);
    long[] latencies = new long[total - warm];
    Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
    double cpuBefore = 0;
    long start = System.nanoTime() + SECOND / 2;
    List<Thread> senders = new ArrayList<>();
    for (int c = 0; c < AGENTS; c++) {
      int agent = c;
      senders.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    Connection connection = new Connection(uri);
                    for (int i = agent; i < total; i += AGENTS) {
                      long due = start + (long) (i * (SECOND / rate));
                      awaitNanos(due);
                      String answer;
                      try {
                        answer = Integer.toString(connection.post(bodies[i]));
                      } catch (IOException e) {
                        answer = e.toString();
                        connection.socket = null;
                      }
                      long nanos = System.nanoTime() - due;
                      if (i >= warm) {
                        latencies[i - warm] = nanos;
                        answers.computeIfAbsent(answer, _ -> new AtomicInteger()).incrementAndGet();
                      }
                    }
                  }));
    }
    awaitNanos(start + warmNanos());
    if (pid != null) {
      cpuBefore = Arena.cpu(pid);
    }
    for (Thread sender : senders) {
      sender.join();
    }
    double seconds = (System.nanoTime() - start - warmNanos()) / 1e9;
    System.out.printf(
        "push: %d requests in %.1f s (%.0f a second asked for), %.1f MB of lines a second, answers %s%n",
        latencies.length, seconds, rate, lineBytes / seconds / 1e6, new TreeMap<>(answers));
    print("latency from the time due:", latencies, latencies.length);
    printCpu(pid, cpuBefore, seconds);
  }

  // ---------- tail ----------

  /** A tail that looks for what {@link #tail} pushes: {@code seq=7 at=NANOS}. */
  private static final class Client implements WebSocket.Listener {
    private static final String MARK = "seq=";

    private final long[] lags;
    private final boolean[] seen;
    private final long origin;
    private final StringBuilder frame = new StringBuilder();
    private int count;
    private int twice;
    private int dropped;
    private String closed = "";

    Client(int lines, long origin) {
      lags = new long[lines];
      seen = new boolean[lines];
      this.origin = origin;
    }

    @Override
    public synchronized CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      frame.append(part);
      if (last) {
        long now = System.nanoTime() - origin;
        read(now);
        frame.setLength(0);
      }
      socket.request(1);
      return null;
    }

    private void read(long now) {
      dropped += frame.indexOf("dropped_entries") >= 0 ? 1 : 0;
      for (int i = frame.indexOf(MARK); i >= 0; i = frame.indexOf(MARK, i + 1)) {
        int end = frame.indexOf(" ", i);
        int seq = Integer.parseInt(frame, i + MARK.length(), end, 10);
        int at = end + " at=".length();
        int atEnd = frame.indexOf(" ", at);
        if (seen[seq]) {
          twice++;
        } else {
          seen[seq] = true;
          lags[count++] = now - Long.parseLong(frame, at, atEnd, 10);
        }
      }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      closed = status + " " + reason;
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      closed = error.toString();
    }
  }

  private static void tail(String[] a) throws Exception {
    int clients = Integer.parseInt(a[2]);
    int rate = Integer.parseInt(a[3]);
    int seconds = Integer.parseInt(a[4]);
    String pid = a.length > 5 ? a[5] : null;
    int pushes = 20; // in a second, each of its part of the lines
    int perPush = Math.max(1, rate / pushes);
    int warm = (int) (warmNanos() / SECOND) * pushes * perPush;
    int total = warm + seconds * pushes * perPush;
    String run = Long.toHexString(System.nanoTime());
    long origin = System.nanoTime();
    String target =
        "/loki/api/v1/tail?query="
            + URLEncoder.encode("{app=\"tail\", run=\"" + run + "\"}", StandardCharsets.UTF_8);
    List<Client> tails = new ArrayList<>();
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (int i = 0; i < clients; i++) {
        Client client = new Client(total, origin);
        http.newWebSocketBuilder()
            .buildAsync(URI.create(a[1].replaceFirst("^http", "ws") + target), client)
            .join();
        tails.add(client);
      }
      System.out.println("tails: " + clients);
      HttpRequest.Builder push =
          HttpRequest.newBuilder(URI.create(a[1] + "/loki/api/v1/push"))
              .timeout(Duration.ofSeconds(30))
              .header("Content-Type", "application/json");
      long start = System.nanoTime();
      double cpuBefore = 0;
      int failed = 0;
      for (int seq = 0; seq < total; seq += perPush) {
        awaitNanos(start + (long) seq * SECOND / (pushes * perPush));
        if (seq == warm && pid != null) {
          cpuBefore = Arena.cpu(pid);
        }
        String body = body(run, seq, perPush, System.nanoTime() - origin);
        HttpResponse<String> reply =
            http.send(
                push.POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
        if (reply.statusCode() != 204) {
          failed++;
          System.out.println(reply.statusCode() + " " + reply.body());
        }
      }
      double took = (System.nanoTime() - start - warmNanos()) / 1e9;
      double cores = pid == null ? 0 : (Arena.cpu(pid) - cpuBefore) / took;
      Thread.sleep(3000); // for what is still on its way
      report(tails, warm, total, failed);
      if (pid != null) {
        System.out.printf(
            "server: %.2f cores while pushing, RSS %d MB%n", cores, Arena.rss(pid, "VmRSS"));
      }
      http.shutdownNow();
    }
  }

  private static String body(String run, int seq, int count, long at) {
    StringBuilder values = new StringBuilder();
    long now = epochNanos();
    for (int i = 0; i < count; i++) {
      values
          .append(i == 0 ? "" : ",")
          .append("[\"%d\",\"seq=%d at=%d level=info msg=\\\"as it happens\\\" path=/v1/items/%d\"]"
              .formatted(now + i, seq + i, at, (seq + i) * 31 % 1000));
    }
    return "{\"streams\":[{\"stream\":{\"app\":\"tail\",\"run\":\"%s\"},\"values\":[%s]}]}"
        .formatted(run, values);
  }

  private static void report(List<Client> tails, int warm, int total, int failed) {
    long[] lags = new long[tails.size() * total];
    int count = 0;
    long missing = 0;
    int behind = 0;
    int twice = 0;
    int dropped = 0;
    for (Client client : tails) {
      synchronized (client) {
        int from = Math.min(warm, client.count);
        System.arraycopy(client.lags, from, lags, count, client.count - from);
        count += client.count - from;
        missing += total - client.count;
        behind += client.count < total ? 1 : 0;
        twice += client.twice;
        dropped += client.dropped;
        if (!client.closed.isEmpty()) {
          System.out.println("closed: " + client.closed);
        }
      }
    }
    System.out.printf(
        "tail: %d clients, %d lines pushed to each (%d pushes failed): %d clients lack lines, %d"
            + " lines missing, %d twice, %d frames tell of dropped entries%n",
        tails.size(), total, failed, behind, missing, twice, dropped);
    print("lag from push to frame:", lags, count);
  }

  public static void main(String[] a) throws Exception {
    switch (a.length == 0 ? "" : a[0]) {
      case "push" -> push(a);
      case "tail" -> tail(a);
      default -> {
        System.err.println("usage: see the head of Load.java");
        System.exit(2);
      }
    }
  }
}
