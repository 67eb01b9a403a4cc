package dev.skald.server;

import dev.skald.disk.Disk;
import dev.skald.disk.FileDisk;
import dev.skald.disk.WritableFile;
import dev.skald.server.config.CommandLine;
import dev.skald.server.config.ConfigLoader;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A server with a bug, to be found: its disk says that the write-ahead log is synced, and writes it a moment later. Takes
 * the arguments of {@link Main}.
 */
public final class HastyServer {
  private static final int DELAY_MILLIS = 300;

  private HastyServer() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    String[] flags = args.clone();
    flags[0] = "-config.file=";
    Ports real = Ports.ofThisMachine();
    Ports hasty =
        new Ports(
            real.clock(),
            real.ticker(),
            real.threads(),
            real.randomness(),
            real.network(),
            folder -> hasty(FileDisk.at(folder)));
    Skald skald =
        Skald.start(
            ConfigLoader.load(CommandLine.parse(flags)).config(), hasty, () -> System.exit(0));
    System.err.println("skald listens on " + skald.url());
    Thread.currentThread().join();
  }

  private static Disk hasty(Disk disk) {
    ScheduledExecutorService later =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "later");
              thread.setDaemon(true);
              return thread;
            });
    return (Disk)
        Proxy.newProxyInstance(
            Disk.class.getClassLoader(),
            new Class<?>[] {Disk.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(disk, arguments);
                return result instanceof WritableFile file
                        && String.valueOf(arguments[0]).endsWith(".wal")
                    ? new LateFile(file, later)
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** What is put off. */
  @FunctionalInterface
  private interface Action {
    void run() throws IOException;
  }

  /** A file whose bytes are written when there is time. */
  private static final class LateFile implements WritableFile {
    private final WritableFile file;
    private final ScheduledExecutorService later;
    private long positionBytes;

    LateFile(WritableFile file, ScheduledExecutorService later) {
      this.file = file;
      this.later = later;
      this.positionBytes = file.positionBytes();
    }

    private void later(Action action) {
      var unused =
          later.schedule(
              () -> {
                action.run();
                return null;
              },
              DELAY_MILLIS,
              TimeUnit.MILLISECONDS);
    }

    @Override
    public void write(ByteBuffer source) {
      byte[] bytes = new byte[source.remaining()];
      source.get(bytes);
      positionBytes += bytes.length;
      later(
          () -> {
            file.write(ByteBuffer.wrap(bytes));
            file.sync();
          });
    }

    @Override
    public long positionBytes() {
      return positionBytes;
    }

    @Override
    public void sync() {}

    @Override
    public void close() {
      later(file::close);
    }
  }
}
