package dev.skald.conformance;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A Skald of its own process on a free loopback port. Closing it kills it. */
final class SkaldProcess implements AutoCloseable {
  /** The server logs this before the address it listens on. */
  private static final String LISTENING = "listens on http://127.0.0.1:";

  private static final int START_SECONDS_MAX = 60;

  /** The program that users run. */
  static final String SERVER = "dev.skald.server.Main";

  /** For a server that lives for seconds. */
  static final List<String> MACHINE_FLAGS = List.of("-XX:TieredStopAtLevel=1", "-Xmx288m");

  private final Process process;
  private final List<String> output = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch listening = new CountDownLatch(1);
  private volatile int port;

  private SkaldProcess(Process process) {
    this.process = process;
  }

  /** Starts {@code skald up} with further flags; returns when it listens and is ready. */
  static SkaldProcess up(Path directory, String... flags) throws Exception {
    return up(directory, MACHINE_FLAGS, flags);
  }

  /** As {@link #up(Path, String...)}, with flags of the virtual machine. */
  static SkaldProcess up(Path directory, List<String> machineFlags, String... flags)
      throws Exception {
    SkaldProcess skald = begin(List.of(), machineFlags, SERVER, directory, flags);
    skald.awaitReady();
    return skald;
  }

  /**
   * Starts it and returns at once.
   *
   * @param prefix a program that runs it, with its arguments; empty for none
   * @param mainClass takes the arguments of {@link #SERVER}
   */
  static SkaldProcess begin(
      List<String> prefix,
      List<String> machineFlags,
      String mainClass,
      Path directory,
      String... flags)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-Duser.timezone=UTC",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders"));
    command.addAll(machineFlags);
    command.addAll(
        List.of(
            "-cp",
            classPath(),
            mainClass,
            "up",
            "-server.http-listen-port=0",
            "-server.grpc-listen-port=0"));
    command.addAll(List.of(flags));
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    SkaldProcess skald = new SkaldProcess(process);
    Thread.ofVirtual().start(skald::readOutput);
    return skald;
  }

  /** Without logback, which clients bring: the server has a provider of its own for SLF4J. */
  static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("logback"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private void readOutput() {
    try (var reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        output.add(line);
        int at = line.indexOf(LISTENING);
        if (at >= 0 && port == 0) {
          port = leadingNumber(line.substring(at + LISTENING.length()));
          listening.countDown();
        }
      }
    } catch (IOException e) {
      output.add("output ended: " + e);
    }
    listening.countDown();
  }

  private static int leadingNumber(String text) {
    int digits = 0;
    while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
      digits++;
    }
    return Integer.parseInt(text.substring(0, digits));
  }

  /** Returns when it is ready, its log replayed; fails the test if it is not in time. */
  void awaitReady() throws Exception {
    awaitListening();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS_MAX);
    try (RawHttp http = http()) {
      while (http.send("GET", "/ready", Map.of(), null).status() != 200) {
        if (System.nanoTime() > deadline) {
          throw notStarted();
        }
        Thread.sleep(2);
      }
    } catch (IOException e) {
      AssertionError failure = notStarted();
      failure.initCause(e);
      throw failure;
    }
  }

  /** Returns when it listens; it may not have replayed its log. */
  private void awaitListening() throws Exception {
    boolean said = listening.await(START_SECONDS_MAX, TimeUnit.SECONDS);
    if (!said || port == 0) {
      throw notStarted();
    }
  }

  private AssertionError notStarted() {
    process.destroyForcibly();
    return new AssertionError("skald did not start:\n" + String.join("\n", output));
  }

  /** Whether it is still there. */
  boolean isAlive() {
    return process.isAlive();
  }

  int port() {
    return port;
  }

  /** The first port of gRPC. */
  int grpcPort() {
    String said = output();
    String before = "grpc listens on ports [";
    return leadingNumber(said.substring(said.indexOf(before) + before.length()));
  }

  RawHttp http() {
    return new RawHttp(port);
  }

  /** Time that all its processors have worked for it so far. */
  Duration cpuTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** What it printed so far. */
  String output() {
    return String.join("\n", output);
  }

  /** As {@code kill -9} does: the process gets no chance to do anything. Returns when it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** As {@code kill} does; returns the exit status. */
  int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError("skald did not stop:\n" + output());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    try {
      kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
