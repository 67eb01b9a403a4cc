package dev.skald.cli;

import dev.skald.disk.Disk;
import dev.skald.disk.FileDisk;
import dev.skald.storage.check.CheckReport;
import dev.skald.storage.check.StoreCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skald check DIR}: reads a data directory and says what is wrong with it. */
@Command(
    name = "check",
    description = {
      "Read every byte of a data directory and check every invariant.",
      "The server must be stopped. Nothing is changed."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:sound",
      "1:damaged; each damage is a line with file and byte",
      "2:could not be checked"
    })
final class CheckCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The data directory.")
  private @Nullable Path directory;

  @Override
  public Integer call() throws Exception {
    Path path = Objects.requireNonNull(directory);
    if (!Files.isDirectory(path)) {
      throw new IOException("not a directory: " + path);
    }
    Disk disk = FileDisk.at(path);
    try (AutoCloseable _ = lock(path, disk)) {
      CheckReport report = StoreCheck.run(disk);
      PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
      out.print(report.text());
      out.flush();
      return report.isSound() ? Main.EXIT_SOUND : Main.EXIT_DAMAGED;
    }
  }

  /** Keeps a server out while we look; a directory that cannot be written has none. */
  private static AutoCloseable lock(Path path, Disk disk) throws IOException {
    if (!Files.isWritable(path)) {
      return () -> {};
    }
    try {
      return disk.lock("");
    } catch (IOException e) {
      throw new IOException(
          path + " cannot be locked, is the server running? " + e.getMessage(), e);
    }
  }
}
