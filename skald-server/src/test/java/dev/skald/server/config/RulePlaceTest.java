package dev.skald.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.error.SkaldException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where rules are. */
final class RulePlaceTest {
  private static final RulePlace WITH_DATA = new RulePlace.WithData();

  private final Path folder;

  RulePlaceTest(@TempDir Path folder) {
    this.folder = folder;
  }

  record Case(String yaml, RulePlace place) {}

  private static RulePlace inFolder(String path) {
    return new RulePlace.InFolder(Path.of(path));
  }

  private static RulePlace local(String path) {
    return new RulePlace.Local(Path.of(path));
  }

  static Stream<Case> places() {
    return Stream.of(
        new Case("", WITH_DATA),
        new Case("common: {path_prefix: /d}", WITH_DATA),
        new Case("common: {storage: {filesystem: {rules_directory: /r}}}", inFolder("/r")),
        new Case(
            "{common: {storage: {filesystem: {rules_directory: /r}}},"
                + " ruler_storage: {filesystem: {dir: /s}}}",
            inFolder("/s")),
        new Case("ruler: {storage: {type: filesystem}}", WITH_DATA),
        new Case("ruler: {storage: {type: local, local: {directory: /l}}}", local("/l")),
        new Case("ruler_storage: {backend: local, local: {directory: /l}}", local("/l")),
        new Case(
            "{ruler: {storage: {type: local, local: {directory: /l}}},"
                + " common: {storage: {filesystem: {rules_directory: /r}}},"
                + " ruler_storage: {local: {directory: /m}}}",
            local("/l")),
        new Case("ruler: {storage: {local: {directory: /l}}}", WITH_DATA));
  }

  @ParameterizedTest
  @MethodSource
  void places(Case c) {
    LoadedConfig loaded = ConfigFiles.load(folder, c.yaml());
    assertEquals(c.place(), loaded.config().rulePlace());
    assertEquals(List.of(), loaded.warnings());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ruler: {storage: {type: s3}}", "ruler_storage: {backend: gcs}"})
  void bucketsAreToldNotToBe(String yaml) {
    LoadedConfig loaded = ConfigFiles.load(folder, yaml);
    assertEquals(WITH_DATA, loaded.config().rulePlace());
    assertEquals(1, loaded.warnings().size(), loaded.warnings().toString());
    assertTrue(loaded.warnings().getFirst().endsWith("are in the folder data/rules"));
  }

  @Test
  void whatIsWrongStopsTheStart() {
    refused("directory required for local rules config", "ruler: {storage: {type: local}}");
    refused(
        "unrecognised rule store tape, expected local, filesystem or a kind of bucket",
        "ruler_storage: {backend: tape}");
  }

  private void refused(String message, String yaml) {
    var e = assertThrows(SkaldException.class, () -> ConfigFiles.load(folder, yaml));
    assertEquals(message, e.getMessage());
  }
}
