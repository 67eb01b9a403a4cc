package dev.skald.storage;

import dev.skald.disk.Disk;
import dev.skald.disk.ReadableFile;
import dev.skald.disk.WritableFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.UnaryOperator;

/** Disks with a bug planted, to see that a test finds it. Only files below a folder are treated badly. */
public final class FlawedDisk {
  private FlawedDisk() {}

  /** Says that files are synced and syncs nothing. */
  public static Disk withoutSync(Disk disk, String folder) {
    return writing(
        disk,
        folder,
        file ->
            new Passing(file) {
              @Override
              public void sync() {}
            });
  }

  /** Syncs once more when a sync has failed, as if that helped. */
  public static Disk retryingSyncs(Disk disk, String folder) {
    return writing(
        disk,
        folder,
        file ->
            new Passing(file) {
              @Override
              public void sync() throws IOException {
                try {
                  super.sync();
                } catch (IOException e) {
                  super.sync();
                }
              }
            });
  }

  /** Says at once that a file is synced, and syncs it before the next write. */
  public static Disk syncingLate(Disk disk, String folder) {
    return writing(
        disk,
        folder,
        file ->
            new Passing(file) {
              private boolean due;

              @Override
              public void write(ByteBuffer source) throws IOException {
                if (due) {
                  due = false;
                  super.sync();
                }
                super.write(source);
              }

              @Override
              public void sync() {
                due = true;
              }
            });
  }

  /** Not a bug: {@code look} is called when a sync begins. */
  public static Disk watched(Disk disk, String folder, Runnable look) {
    return writing(
        disk,
        folder,
        file ->
            new Passing(file) {
              @Override
              public void sync() throws IOException {
                look.run();
                super.sync();
              }
            });
  }

  /** Files that are read seem to end a byte early. */
  public static Disk endingEarly(Disk disk, String folder) {
    return changed(
        disk,
        folder,
        result -> {
          if (result instanceof Long bytes) {
            return Math.max(0, bytes - 1);
          }
          return result instanceof ReadableFile file ? new Shorter(file) : result;
        });
  }

  /** What happens before each read. */
  @FunctionalInterface
  public interface Look {
    void look() throws IOException;
  }

  /** Not a bug by itself: {@code look} is called before each read of a file, and may wait or throw. */
  public static Disk watchedReads(Disk disk, String folder, Look look) {
    return changed(
        disk,
        folder,
        result -> result instanceof ReadableFile file ? new Watched(file, look) : result);
  }

  /** When the first file of a folder is deleted, the one after it goes too. */
  public static Disk deletingOneMore(Disk disk, String folder) {
    return intercepted(
        disk,
        "delete",
        folder,
        path -> {
          disk.delete(path);
          List<String> left = disk.list(folder);
          if (!left.isEmpty()) {
            disk.delete(folder + "/" + left.getFirst());
          }
        });
  }

  /** Files that are cut are cut, and not synced. */
  public static Disk notSyncingCuts(Disk disk, String folder) {
    return intercepted(disk, "truncate", folder, path -> {});
  }

  /** What is done with a path instead. */
  @FunctionalInterface
  private interface PathAction {
    void run(String path) throws IOException;
  }

  private static Disk intercepted(Disk disk, String name, String folder, PathAction action) {
    Object proxy =
        Proxy.newProxyInstance(
            Disk.class.getClassLoader(),
            new Class<?>[] {Disk.class},
            (self, method, arguments) -> {
              if (method.getName().equals(name)
                  && String.valueOf(arguments[0]).startsWith(folder + "/")) {
                action.run(String.valueOf(arguments[0]));
                return null;
              }
              try {
                return method.invoke(disk, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return Disk.class.cast(proxy);
  }

  private static Disk writing(Disk disk, String folder, UnaryOperator<WritableFile> flaw) {
    return changed(
        disk, folder, result -> result instanceof WritableFile file ? flaw.apply(file) : result);
  }

  /** What the methods that begin with a path below the folder return is changed. */
  private static Disk changed(Disk disk, String folder, UnaryOperator<Object> flaw) {
    Object proxy =
        Proxy.newProxyInstance(
            Disk.class.getClassLoader(),
            new Class<?>[] {Disk.class},
            (self, method, arguments) -> {
              Object result;
              try {
                result = method.invoke(disk, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              boolean below =
                  arguments != null && String.valueOf(arguments[0]).startsWith(folder + "/");
              return below && result != null ? flaw.apply(result) : result;
            });
    return Disk.class.cast(proxy);
  }

  /** Does what it is told. */
  private static class Passing implements WritableFile {
    private final WritableFile file;

    Passing(WritableFile file) {
      this.file = file;
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
      file.write(source);
    }

    @Override
    public long positionBytes() {
      return file.positionBytes();
    }

    @Override
    public void sync() throws IOException {
      file.sync();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  private record Shorter(ReadableFile file) implements ReadableFile {
    @Override
    public long sizeBytes() throws IOException {
      return Math.max(0, file.sizeBytes() - 1);
    }

    @Override
    public void read(long offsetBytes, ByteBuffer target) throws IOException {
      file.read(offsetBytes, target);
    }

    @Override
    public MemorySegment map(Arena arena) throws IOException {
      return file.map(arena);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  private record Watched(ReadableFile file, Look look) implements ReadableFile {
    @Override
    public long sizeBytes() throws IOException {
      return file.sizeBytes();
    }

    @Override
    public void read(long offsetBytes, ByteBuffer target) throws IOException {
      look.look();
      file.read(offsetBytes, target);
    }

    @Override
    public MemorySegment map(Arena arena) throws IOException {
      look.look();
      return file.map(arena);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
