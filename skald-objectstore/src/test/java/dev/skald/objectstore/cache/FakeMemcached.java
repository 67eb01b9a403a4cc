package dev.skald.objectstore.cache;

import dev.skald.threads.Threads;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** As much of memcached as the cache uses, on a loopback port: get and set of the text protocol. */
final class FakeMemcached implements AutoCloseable {
  /** What a client is owed. */
  @FunctionalInterface
  private interface Answer {
    void write() throws IOException;
  }

  /** What the server does when it is asked. */
  enum Mood {
    WELL,
    SILENT,
    HANGS_UP,
    TALKS_NONSENSE
  }

  final Map<String, byte[]> values = new ConcurrentHashMap<>();
  private final ServerSocket listener;
  private final Thread acceptor;
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  volatile Mood mood = Mood.WELL;
  final AtomicInteger requests = new AtomicInteger();

  FakeMemcached() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    acceptor = Thread.ofPlatform().daemon().name("fake-memcached").start(this::accept);
  }

  String address() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        connections.add(socket);
        Thread.ofPlatform().daemon().start(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      List<Answer> owed = new ArrayList<>(); // while silent; given in order when well again
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        answer(line, in, out, socket, owed);
      }
    } catch (IOException e) {
      // the client went away
    }
  }

  private void answer(
      String line, InputStream in, OutputStream out, Socket socket, List<Answer> owed)
      throws IOException {
    String[] words = line.split(" ");
    boolean isSet = words[0].equals("set");
    byte[] value = isSet ? in.readNBytes(Integer.parseInt(words[4])) : new byte[0];
    if (isSet) {
      line(in);
    }
    requests.incrementAndGet();
    owed.add(() -> answer(words, value, out));
    switch (mood) {
      case SILENT -> {}
      case HANGS_UP -> socket.close();
      case TALKS_NONSENSE -> write(out, "VALUE who knows\r\n\r\n\0\0END");
      case WELL -> {
        for (Answer each : owed) {
          each.write();
        }
        owed.clear();
      }
    }
  }

  private void answer(String[] words, byte[] sent, OutputStream out) throws IOException {
    switch (words[0]) {
      case "set" -> {
        values.put(words[1], sent);
        if (!words[words.length - 1].equals("noreply")) {
          write(out, "STORED\r\n");
        }
      }
      case "get", "gets" -> {
        byte[] value = values.get(words[1]);
        if (value != null) {
          write(out, "VALUE " + words[1] + " 0 " + value.length + "\r\n");
          out.write(value);
          write(out, "\r\n");
        }
        write(out, "END\r\n");
      }
      case "quit" -> throw new IOException("the client quits");
      case "version" -> write(out, "VERSION 1.6.0\r\n");
      default -> write(out, "ERROR\r\n");
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    Threads.awaitEnd(acceptor); // until then a connection may be accepted yet
    for (Socket socket : connections) {
      socket.close();
    }
  }
}
