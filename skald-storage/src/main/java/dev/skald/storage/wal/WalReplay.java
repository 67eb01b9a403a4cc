package dev.skald.storage.wal;

import dev.skald.disk.Disk;
import dev.skald.disk.ReadableFile;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the log that the last run left. What was acknowledged comes out, in order; a torn end is cut off; damage
 * in the middle is reported and what comes after it is still served. Memory: one buffer of the
 * largest record. One thread opens and runs it; the rest may be called by any.
 *
 * <p>How far a file was acknowledged is written in the header of the file after it. Only the last
 * file has nobody to say so: there, a record that does not check ends the file unless a record
 * after it was written when the bad one was synced already.
 */
public final class WalReplay {
  private static final Logger LOG = LoggerFactory.getLogger(WalReplay.class);

  private final Disk disk;
  private final String folder;
  private final WalConfig config;
  private final long firstFile;
  private final long fileNumberMax;
  private final List<WalFileHeader> headers = new ArrayList<>();
  private final List<WalDamage> damages = new ArrayList<>();
  private final Set<Long> corruptFiles = ConcurrentHashMap.newKeySet();
  private long records;
  private WalEnd end = WalEnd.NONE;
  private long bytesTotal;
  private volatile long bytesDone;

  private WalReplay(
      Disk disk, String folder, WalConfig config, long firstFile, long fileNumberMax) {
    this.disk = disk;
    this.folder = folder;
    this.config = config;
    this.firstFile = firstFile;
    this.fileNumberMax = fileNumberMax;
  }

  /**
   * What a replay found.
   *
   * @param records served
   * @param damages in order of their places
   * @param fileNumberMax largest number in use, 0 if none
   * @param end how far the last file is good
   * @param corruptFiles numbers of files that are served in part; not to be deleted without a trace
   */
  public record Result(
      long records,
      List<WalDamage> damages,
      long fileNumberMax,
      WalEnd end,
      Set<Long> corruptFiles) {
    public Result {
      damages = List.copyOf(damages);
      corruptFiles = Set.copyOf(corruptFiles);
    }

    /** Nothing to replay: an empty folder. */
    static final Result EMPTY = new Result(0, List.of(), 0, WalEnd.NONE, Set.of());

    /** Damages that acknowledged bytes were lost to. */
    public long corruptions() {
      return damages.stream().filter(d -> d.kind() == WalDamage.Kind.CORRUPT).count();
    }
  }

  /**
   * Looks at the headers of the files from {@code firstFile} on and deletes the files before it.
   *
   * @throws IOException if the disk fails; damage is no failure
   * @throws SkaldException UNSUPPORTED if a newer version wrote a file
   */
  public static WalReplay open(Disk disk, String folder, long firstFile, WalConfig config)
      throws IOException {
    disk.createDirectories(folder);
    long largest = WalFiles.largestNumber(disk, folder);
    WalReplay replay =
        new WalReplay(disk, folder, config, firstFile, Math.max(firstFile - 1, largest));
    replay.readHeaders();
    return replay;
  }

  /** {@link #open} and {@link #run(WalSink)}. */
  public static Result run(Disk disk, String folder, long firstFile, WalConfig config, WalSink sink)
      throws IOException {
    return open(disk, folder, firstFile, config).run(sink);
  }

  private void readHeaders() throws IOException {
    for (long number : WalFiles.numbers(disk, folder)) {
      if (number < firstFile) {
        disk.delete(WalFiles.path(folder, number));
        continue;
      }
      WalFileHeader header = header(number);
      if (header != null) {
        headers.add(header);
        bytesTotal += disk.sizeBytes(WalFiles.path(folder, number));
      }
    }
  }

  /** Size of the files that are to be read. */
  public long bytesTotal() {
    return bytesTotal;
  }

  /** How much of that has been read. */
  public long bytesDone() {
    return bytesDone;
  }

  /** The first file that is read; the first one that will be, if there is none. */
  public long firstFile() {
    return firstFile;
  }

  /** As {@link WalWriter#deleteBefore}, of files that are behind the replay. */
  public void deleteBefore(long fileNumber) throws IOException {
    WalFiles.deleteBefore(disk, folder, fileNumber, corruptFiles);
  }

  /**
   * Serves the records. What the last file holds is durable before it is served, whoever wrote it, and its end is
   * afterwards. For one use.
   *
   * @throws IOException if the disk fails; damage is no failure
   * @throws SkaldException UNSUPPORTED if a newer version wrote a record; what the sink throws, CORRUPT left out
   */
  public Result run(WalSink sink) throws IOException {
    for (int i = 0; i < headers.size(); i++) {
      WalFileHeader header = headers.get(i);
      long acknowledged = -1;
      for (WalFileHeader later : headers.subList(i + 1, headers.size())) {
        if (later.previous().fileNumber() == header.number()) {
          acknowledged = later.previous().bytes();
        }
      }
      boolean last = i == headers.size() - 1;
      replay(header, acknowledged, last, sink);
    }
    return new Result(records, damages, fileNumberMax, end, corruptFiles);
  }

  /**
   * Nothing if the file was never finished being made, or cannot be read at all: it is out of the
   * way then.
   */
  private @Nullable WalFileHeader header(long number) throws IOException {
    String path = WalFiles.path(folder, number);
    long sizeBytes = disk.sizeBytes(path);
    byte[] bytes = new byte[WalLayout.FILE_HEADER_BYTES];
    if (sizeBytes >= bytes.length) {
      try (ReadableFile file = disk.open(path)) {
        file.read(0, java.nio.ByteBuffer.wrap(bytes));
      }
      try {
        return WalFileHeader.decode(bytes, path, number);
      } catch (SkaldException e) {
        if (e.kind() != ErrorKind.CORRUPT) {
          throw e;
        }
        if (sizeBytes > bytes.length) {
          damage(path, 0, sizeBytes, WalDamage.Kind.CORRUPT, e.getMessage());
          disk.rename(path, WalFiles.quarantinePath(folder, number));
          return null;
        }
      }
    }
    // A file is synced and its name durable before the first record: this one never had any.
    damage(path, 0, sizeBytes, WalDamage.Kind.TORN, "file header incomplete");
    disk.delete(path);
    return null;
  }

  private void replay(WalFileHeader header, long acknowledged, boolean last, WalSink sink)
      throws IOException {
    String path = WalFiles.path(folder, header.number());
    long valid;
    long sizeBytes = disk.sizeBytes(path);
    if (last) {
      disk.truncate(path, sizeBytes); // a killed process left it unsynced: what is seen must stay
    }
    try (ReadableFile file = disk.open(path)) {
      WalFileReader reader = new WalFileReader(file, header, acknowledged, config.recordBytesMax());
      valid = replay(reader, path, header.number(), sink);
    }
    if (valid < sizeBytes) {
      disk.truncate(path, valid);
    }
    if (last) {
      end = new WalEnd(header.number(), valid);
    }
  }

  private long replay(WalFileReader reader, String path, long number, WalSink sink)
      throws IOException {
    long before = bytesDone;
    while (true) {
      switch (reader.next()) {
        case WalFileReader.Found.Payload(long offset, var payload) -> {
          records++;
          bytesDone = before + offset;
          try {
            sink.accept(number, payload);
          } catch (SkaldException e) {
            if (e.kind() != ErrorKind.CORRUPT) {
              throw e;
            }
            damage(path, offset, payload.limit(), WalDamage.Kind.CORRUPT, e.getMessage());
            corruptFiles.add(number);
          }
        }
        case WalFileReader.Found.Damaged(long offset, long length, var kind, String detail) -> {
          damage(path, offset, length, kind, detail);
          if (kind == WalDamage.Kind.CORRUPT) {
            corruptFiles.add(number);
          }
        }
        case WalFileReader.Found.End(long offset) -> {
          bytesDone = before + offset;
          return offset;
        }
      }
    }
  }

  private void damage(String path, long offset, long length, WalDamage.Kind kind, String detail) {
    damages.add(new WalDamage(path, offset, length, kind, detail));
    switch (kind) {
      case TORN ->
          LOG.warn("{}: offset={} torn end cut, bytes={}: {}", path, offset, length, detail);
      case CORRUPT ->
          LOG.error("{}: offset={} corrupt, skipped bytes={}: {}", path, offset, length, detail);
    }
  }
}
