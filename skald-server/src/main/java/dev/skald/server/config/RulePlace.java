package dev.skald.server.config;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where rules are, from keys that Loki keeps apart; docs/config.md, "Where data goes". */
public sealed interface RulePlace {
  /** In the data folder, with everything else. */
  record WithData() implements RulePlace {}

  /** In a folder of their own, which the API writes. */
  record InFolder(Path folder) implements RulePlace {}

  /** In a folder of files that others write. */
  record Local(Path directory) implements RulePlace {}

  /** Kinds whose rules are in the data folder here. */
  List<String> BUCKETS =
      List.of("s3", "gcs", "azure", "swift", "cos", "bos", "alibabacloud", "aws");

  /**
   * @throws SkaldException BAD_REQUEST for a kind that is none, or a local one without its folder
   */
  static RulePlace of(SkaldConfig config) {
    String kind = kind(config);
    if (kind.equals("local")) {
      return local(config);
    }
    if (BUCKETS.contains(kind)) {
      return new WithData();
    }
    if (!kind.equals("filesystem")) {
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST,
          "unrecognised rule store " + kind + ", expected local, filesystem or a kind of bucket");
    }
    return first(
            config.rulerStorage().filesystem().dir(),
            config.common().storage().filesystem().rulesDirectory())
        .<RulePlace>map(InFolder::new)
        .orElseGet(WithData::new);
  }

  /** The kind of store, named by {@code ruler.storage.type} or else by {@code ruler_storage.backend}. */
  static String kind(SkaldConfig config) {
    String type = config.ruler().storage().type();
    return type.isEmpty() ? config.rulerStorage().backend() : type;
  }

  private static RulePlace local(SkaldConfig config) {
    return first(
            config.ruler().storage().local().directory(), config.rulerStorage().local().directory())
        .map(Local::new)
        .orElseThrow(
            () ->
                SkaldException.of(
                    ErrorKind.BAD_REQUEST, "directory required for local rules config"));
  }

  private static Optional<Path> first(String... folders) {
    return Stream.of(folders).filter(folder -> !folder.isEmpty()).findFirst().map(Path::of);
  }
}
