package dev.skald.cli;

import dev.skald.disk.FileDisk;
import dev.skald.storage.check.InspectOptions;
import dev.skald.storage.check.InspectReport;
import dev.skald.storage.check.SegmentInspection;
import dev.skald.storage.check.StoreInspection;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skald inspect PATH}: shows what a segment consists of, or which segments a data directory has. */
@Command(
    name = "inspect",
    description = {
      "Show the pages, shapes and columns of a segment's file, and where its bytes go;",
      "or list the segments of a data directory.",
      "The server may run. Nothing is changed."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:sound as far as was looked",
      "1:damaged; what is readable is shown",
      "2:could not be read"
    })
final class InspectCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "PATH",
      description = "A segment (DIR/objects/segment/…) or a data directory.")
  private @Nullable Path path;

  @Option(
      names = "--shapes",
      paramLabel = "N",
      description = "Most shapes of a page that are shown (${DEFAULT-VALUE}).")
  private int shapes = InspectOptions.DEFAULT.shapes();

  @Option(
      names = "--columns",
      paramLabel = "N",
      description = "Most columns of a page that are shown (${DEFAULT-VALUE}).")
  private int columns = InspectOptions.DEFAULT.columns();

  @Override
  public Integer call() throws Exception {
    InspectReport report = inspect(Objects.requireNonNull(path).toAbsolutePath());
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.print(report.text());
    out.flush();
    return report.isSound() ? Main.EXIT_SOUND : Main.EXIT_DAMAGED;
  }

  private InspectReport inspect(Path at) throws IOException {
    if (Files.isDirectory(at)) {
      return StoreInspection.run(FileDisk.at(at));
    }
    Path folder = at.getParent();
    Path name = at.getFileName();
    if (folder == null || name == null || !Files.isRegularFile(at)) {
      throw new IOException("no such file: " + at);
    }
    return SegmentInspection.run(
        FileDisk.at(folder), name.toString(), new InspectOptions(shapes, columns));
  }
}
