package dev.skald.server;

import dev.skald.disk.Disk;
import dev.skald.server.config.S3Bucket;
import dev.skald.server.config.SkaldConfig;
import dev.skald.storage.check.CheckReport;
import dev.skald.storage.check.InspectOptions;
import dev.skald.storage.check.InspectReport;
import dev.skald.storage.check.SegmentInspection;
import dev.skald.storage.check.StoreCheck;
import dev.skald.storage.check.StoreInspection;
import dev.skald.storage.object.ObjectStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;

/** Looks at the store that a configuration describes, be its segments in a bucket or in a folder. Changes nothing. */
final class StoreLook {
  /** Everything is as it must be. */
  static final int SOUND = 0;

  /** Damage was found. */
  static final int DAMAGED = 1;

  private final SkaldConfig config;
  private final Ports ports;
  private final PrintStream out;

  StoreLook(SkaldConfig config, Ports ports, PrintStream out) {
    this.config = config;
    this.ports = ports;
    this.out = out;
  }

  /**
   * Reads every byte and checks every invariant; a line for each damage. Returns the exit status.
   *
   * @throws IOException if the store cannot be read, or a server has its data folder
   */
  int check() throws IOException {
    try (Parts parts = new Parts()) {
      S3Bucket bucket = config.bucket();
      CheckReport report;
      if (bucket == null) {
        requireFolder();
        report = StoreCheck.run(locked(parts));
      } else {
        ObjectStore objects = BucketAssembly.objects(bucket, ports, parts);
        String place = place(bucket);
        report =
            Files.isDirectory(config.dataDirectory())
                ? StoreCheck.run(objects, place, locked(parts))
                : StoreCheck.run(objects, place);
      }
      out.print(report.text());
      out.flush();
      return report.isSound() ? SOUND : DAMAGED;
    }
  }

  /**
   * Shows a segment, or which there are. Returns the exit status.
   *
   * @param segment its name; empty: all of the newest manifest
   */
  int inspect(String segment) throws IOException {
    try (Parts parts = new Parts()) {
      S3Bucket bucket = config.bucket();
      InspectReport report;
      if (bucket != null) {
        ObjectStore objects = BucketAssembly.objects(bucket, ports, parts);
        report =
            segment.isEmpty()
                ? StoreInspection.run(objects, place(bucket))
                : SegmentInspection.run(objects, segment, InspectOptions.DEFAULT);
      } else {
        requireFolder();
        Disk disk = StoreAssembly.disk(config, ports);
        report =
            segment.isEmpty()
                ? StoreInspection.run(disk)
                : SegmentInspection.run(
                    disk,
                    StoreCheck.OBJECTS_FOLDER + "/segment/" + segment,
                    InspectOptions.DEFAULT);
      }
      out.print(report.text());
      out.flush();
      return report.isSound() ? SOUND : DAMAGED;
    }
  }

  /** What objects' names are shown after; holds no secret. */
  private static String place(S3Bucket bucket) {
    return "s3://" + bucket.bucket() + "/" + bucket.prefix();
  }

  /** Opening would make it. */
  private void requireFolder() throws IOException {
    if (!Files.isDirectory(config.dataDirectory())) {
      throw new IOException("not a directory: " + config.dataDirectory());
    }
  }

  /** Keeps a server out of the data folder while it is looked at. */
  private Disk locked(Parts parts) throws IOException {
    Disk disk = StoreAssembly.disk(config, ports);
    if (!Files.isWritable(config.dataDirectory())) {
      return disk; // no server can have it
    }
    try {
      parts.owning(disk.lock(""));
    } catch (IOException e) {
      throw new IOException(
          config.dataDirectory() + " cannot be locked, is the server running? " + e.getMessage(),
          e);
    }
    return disk;
  }
}
