package dev.skald.server;

import dev.skald.error.SkaldException;
import dev.skald.grep.VectorWarmUp;
import dev.skald.server.config.CommandLine;
import dev.skald.server.config.ConfigLoader;
import dev.skald.server.config.ConfigPrinter;
import dev.skald.server.config.LoadedConfig;
import dev.skald.server.http.Version;
import dev.skald.server.log.LogOutput;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program: reads the command line, does what it asks; to run, it starts {@link Skald} and waits for a signal. */
public final class Main {
  private static final int FAILED = 1;

  private Main() {}

  /** {@code up FLAGS} or {@code server FLAGS}; without a command, as Loki's own binary, flags alone. */
  public static void main(String[] args) {
    int status = run(args);
    if (status != 0) {
      System.exit(status);
    }
  }

  private static int run(String[] args) {
    if (args.length > 0 && (args[0].equals("check") || args[0].equals("inspect"))) {
      return look(args);
    }
    boolean hasCommand = args.length > 0 && (args[0].equals("up") || args[0].equals("server"));
    String[] flags = hasCommand ? Arrays.copyOfRange(args, 1, args.length) : args;
    if (hasCommand && args[0].equals("up")) {
      flags = args.clone();
      flags[0] = "-config.file="; // no file is looked for; one that is named still counts
    }
    CommandLine line;
    try {
      line = CommandLine.parse(flags);
    } catch (SkaldException e) {
      System.err.println(e.getMessage());
      return CommandLine.USAGE_EXIT_CODE;
    }
    return switch (line.action()) {
      case HELP -> {
        System.out.println(CommandLine.usage());
        yield CommandLine.USAGE_EXIT_CODE;
      }
      case VERSION -> {
        System.out.println(
            "skald, version " + Version.SKALD + " (Loki " + Version.LOKI_COMPATIBLE + ")");
        yield 0;
      }
      case LIST_TARGETS -> {
        List.of(
                "all",
                "distributor",
                "ingester",
                "querier",
                "query-frontend",
                "query-scheduler",
                "ruler",
                "compactor",
                "index-gateway",
                "read",
                "write",
                "backend")
            .forEach(System.out::println);
        yield 0;
      }
      case HEALTH -> health(line.healthUrl());
      case VERIFY -> verify(line);
      case RUN -> serve(line);
    };
  }

  /** {@code check FLAGS} or {@code inspect [SEGMENT] FLAGS}, of the store that the flags describe. */
  private static int look(String[] args) {
    boolean isCheck = args[0].equals("check");
    boolean hasSegment = !isCheck && args.length > 1 && !args[1].startsWith("-");
    try {
      CommandLine line =
          CommandLine.parse(Arrays.copyOfRange(args, hasSegment ? 2 : 1, args.length));
      LogOutput.install("warn", LogOutput.Format.LOGFMT);
      StoreLook look =
          new StoreLook(ConfigLoader.load(line).config(), Ports.ofThisMachine(), System.out);
      return isCheck ? look.check() : look.inspect(hasSegment ? args[1] : "");
    } catch (SkaldException | IOException e) {
      System.err.println(args[0] + ": " + e.getMessage());
      return CommandLine.USAGE_EXIT_CODE;
    }
  }

  private static int health(String url) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10)).build();
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      System.out.println(url + " answers " + status);
      return status == 200 ? 0 : FAILED;
    } catch (IOException | IllegalArgumentException e) {
      System.err.println(url + " does not answer: " + e);
      return FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }

  private static int verify(CommandLine line) {
    try {
      LoadedConfig loaded = ConfigLoader.load(line);
      loaded
          .warnings()
          .forEach(warning -> System.err.println("level=warn msg=\"" + warning + "\""));
      if (line.printConfig()) {
        System.err.print(ConfigPrinter.effective(loaded.config()));
      }
      System.err.println("level=info msg=\"config is valid\"");
      return 0;
    } catch (SkaldException e) {
      System.err.println(e.getMessage());
      return FAILED;
    }
  }

  private static int serve(CommandLine line) {
    Ports ports = Ports.ofThisMachine();
    Skald skald;
    Logger log;
    try {
      LoadedConfig loaded = ConfigLoader.load(line);
      var server = loaded.config().server();
      LogOutput.install(
          server.logLevel().name().toLowerCase(Locale.ROOT),
          switch (server.logFormat()) {
            case LOGFMT -> LogOutput.Format.LOGFMT;
            case JSON -> LogOutput.Format.JSON;
          });
      log = LoggerFactory.getLogger(Main.class);
      loaded.warnings().forEach(log::warn);
      if (line.printConfig()) {
        System.err.print(ConfigPrinter.effective(loaded.config()));
      }
      skald =
          Skald.start(
              loaded.config(),
              ports,
              () -> ports.threads().unstarted("exit", () -> System.exit(0)).start());
    } catch (SkaldException e) {
      System.err.println(e.getMessage());
      return FAILED;
    } catch (IOException e) {
      System.err.println("cannot start: " + e.getMessage());
      return FAILED;
    }
    // Said on standard error whatever the log level is: whoever starts a server wants to know where
    // it is.
    System.err.println("skald listens on " + skald.url());
    ports
        .threads()
        .start("warm-up", () -> log.debug("searched {} bytes to warm up", VectorWarmUp.run()));
    awaitStop(skald, ports, log);
    return 0;
  }

  /** Until SIGTERM or SIGINT; the JVM ends when the hook has. */
  private static void awaitStop(Skald skald, Ports ports, Logger log) {
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            ports
                .threads()
                .unstarted(
                    "stop",
                    () -> {
                      log.info("stopping");
                      skald.close();
                      stopped.countDown();
                    }));
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
