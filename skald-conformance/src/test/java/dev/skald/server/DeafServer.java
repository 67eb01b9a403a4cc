package dev.skald.server;

import dev.skald.disk.WritableFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A server with a bug, to be found: that the disk is full it does not hear, so it answers as if the write-ahead log had
 * been written. Takes the arguments of {@link Main}.
 */
public final class DeafServer {
  private DeafServer() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    FlawedServer.run(args, DeafFile::new);
  }

  /** A file that never fails. */
  private record DeafFile(WritableFile file) implements WritableFile {
    @Override
    public void write(ByteBuffer source) {
      try {
        file.write(source);
      } catch (IOException e) {
        source.position(source.limit());
      }
    }

    @Override
    public long positionBytes() {
      return file.positionBytes();
    }

    @Override
    public void sync() {
      try {
        file.sync();
      } catch (IOException e) {
        // as if it had been synced
      }
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
