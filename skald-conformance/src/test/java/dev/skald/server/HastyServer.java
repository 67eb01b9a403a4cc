package dev.skald.server;

import dev.skald.disk.WritableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A server with a bug, to be found: its disk says that the write-ahead log is synced, and writes it a moment later. Takes
 * the arguments of {@link Main}.
 */
public final class HastyServer {
  private static final int DELAY_MILLIS = 1_000;

  private HastyServer() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    ScheduledExecutorService later =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "later");
              thread.setDaemon(true);
              return thread;
            });
    FlawedServer.run(args, file -> new LateFile(file, later));
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
