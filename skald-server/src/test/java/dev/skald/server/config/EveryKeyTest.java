package dev.skald.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.config.ConfigBinder;
import dev.skald.config.ConfigKeys;
import dev.skald.config.ConfigValue;
import dev.skald.config.ConfigValue.Mapping;
import dev.skald.config.ConfigValue.Sequence;
import dev.skald.config.ConfigYaml;
import dev.skald.config.Problems;
import dev.skald.config.YamlReader;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every key set to another value arrives; a new key fails here until it is in every-key.yaml. */
class EveryKeyTest {
  private static final String TEXT = ConfigFiles.text("every-key.yaml");
  private static final Mapping WRITTEN = YamlReader.read("every-key.yaml", TEXT);
  private static final SkaldConfig CONFIG = bind();
  private static final Mapping EFFECTIVE = ConfigYaml.tree(CONFIG);
  private static final Mapping DEFAULTS = ConfigYaml.tree(ConfigBinder.defaults(SkaldConfig.class));

  /** Their values are not printed. */
  private static final List<String> SECRETS =
      List.of(
          "storage_config.aws.s3",
          "storage_config.aws.secret_access_key",
          "storage_config.aws.session_token",
          "storage_config.object_store.s3.secret_access_key",
          "storage_config.object_store.s3.session_token",
          "common.storage.s3.s3",
          "common.storage.s3.secret_access_key",
          "common.storage.s3.session_token",
          "common.storage.object_store.s3.secret_access_key",
          "common.storage.object_store.s3.session_token");

  /** Not loaded: all stores at once would be refused. */
  private static SkaldConfig bind() {
    Problems problems = new Problems();
    SkaldConfig config =
        new ConfigBinder(KeyCatalog.loki(), problems).bind(SkaldConfig.class, WRITTEN);
    problems.throwIfAny();
    return config;
  }

  static List<String> keys() {
    return ConfigKeys.of(SkaldConfig.class).stream().map(ConfigKeys.Description::path).toList();
  }

  @ParameterizedTest
  @MethodSource("keys")
  void arrives(String key) {
    ConfigValue written = first(WRITTEN, key);
    assertNotNull(written, "no value in every-key.yaml: " + key);
    ConfigValue effective = first(EFFECTIVE, key);
    assertNotNull(effective, key);
    ConfigValue byDefault = first(DEFAULTS, key);
    if (byDefault != null) {
      assertNotEquals(print(byDefault), print(effective), key);
    }
    String want = SECRETS.contains(key) ? "\"********\"\n" : print(written);
    assertEquals(want, print(effective), key);
  }

  @Test
  void secretsArriveThoughTheyAreNotPrinted() {
    S3Config aws = CONFIG.storageConfig().aws();
    assertEquals("s3://id:secret@eu-west-1/bucket", aws.s3());
    assertEquals("hidden", aws.secretAccessKey());
  }

  @Test
  void whatIsPrintedReadsBack() {
    String printed = ConfigPrinter.effective(CONFIG);
    assertTrue(printed.contains("s3: \"********\""), printed);
    assertEquals(EFFECTIVE.entries().keySet(), read(printed).entries().keySet());
    assertEquals(printed, ConfigYaml.print(read(printed)));
  }

  /** The value at a path; of a list or a map of the user's own keys, in the first item. */
  private static @Nullable ConfigValue first(ConfigValue tree, String path) {
    ConfigValue value = tree;
    for (String part : path.split("\\.", -1)) {
      String key = part.replace("[]", "");
      if (!(value instanceof Mapping mapping)) {
        return null;
      }
      value = key.equals("<name>") ? firstOf(mapping) : mapping.at(key);
      if (part.endsWith("[]") || part.equals("<name>")) {
        value = value instanceof Sequence list && !list.items().isEmpty() ? item(list, path) : null;
      }
    }
    return value;
  }

  /** The regex of OTLP rules stands in the second one, as a rule has either names or a regex. */
  private static ConfigValue item(Sequence list, String path) {
    boolean second = path.endsWith(".regex") && list.items().size() > 1;
    return list.items().get(second ? 1 : 0);
  }

  private static @Nullable ConfigValue firstOf(Mapping mapping) {
    return mapping.entries().isEmpty() ? null : mapping.entries().firstEntry().getValue().value();
  }

  private static String print(ConfigValue value) {
    return ConfigYaml.print(value);
  }

  private static Mapping read(String text) {
    return YamlReader.read("printed", text);
  }
}
