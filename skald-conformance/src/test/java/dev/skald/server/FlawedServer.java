package dev.skald.server;

import dev.skald.disk.Disk;
import dev.skald.disk.FileDisk;
import dev.skald.disk.WritableFile;
import dev.skald.server.config.CommandLine;
import dev.skald.server.config.ConfigLoader;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.UnaryOperator;

/** Runs a server whose write-ahead log lies on a disk with a bug. */
final class FlawedServer {
  private FlawedServer() {}

  /**
   * Does not return.
   *
   * @param args as {@link Main} takes them, with a command
   * @param flaw of each file of the log that is written
   */
  static void run(String[] args, UnaryOperator<WritableFile> flaw)
      throws IOException, InterruptedException {
    String[] flags = args.clone();
    flags[0] = "-config.file="; // in place of the command
    Ports real = Ports.ofThisMachine();
    Ports flawed =
        new Ports(
            real.clock(),
            real.ticker(),
            real.threads(),
            real.randomness(),
            real.network(),
            folder -> flawed(FileDisk.at(folder), flaw));
    Skald skald =
        Skald.start(
            ConfigLoader.load(CommandLine.parse(flags)).config(), flawed, () -> System.exit(0));
    System.err.println("skald listens on " + skald.url());
    Thread.currentThread().join();
  }

  private static Disk flawed(Disk disk, UnaryOperator<WritableFile> flaw) {
    return (Disk)
        Proxy.newProxyInstance(
            Disk.class.getClassLoader(),
            new Class<?>[] {Disk.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(disk, arguments);
                return result instanceof WritableFile file
                        && String.valueOf(arguments[0]).endsWith(".wal")
                    ? flaw.apply(file)
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
