package dev.skald.server.config;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.config.ConfigKeys;
import dev.skald.error.SkaldException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is secret in a configuration is shown nowhere: not by {@code /config}, not in warnings, not in errors. */
final class SecretsTest {
  private static final String MARK = "hush-4711";
  private static final List<String> WORDS =
      List.of("secret", "password", "token", "account_key", "api_key", "connection_string");

  /** Keys of reusable blocks where users put them. */
  private static final List<String> IN_BLOCKS =
      List.of(
          "storage_config.aws.s3",
          "storage_config.aws.secret_access_key",
          "storage_config.aws.session_token",
          "common.storage.s3.secret_access_key",
          "common.storage.s3.session_token",
          "common.storage.azure.account_key",
          "common.storage.azure.connection_string",
          "common.storage.azure.client_secret",
          "common.storage.swift.password",
          "common.ring.kvstore.consul.acl_token",
          "common.ring.kvstore.etcd.password",
          "query_range.results_cache.cache.redis.password",
          "ruler.alertmanager_client.basic_auth_password");

  private final Path folder;

  SecretsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Every key of Loki's that sounds secret. */
  static Stream<String> secretKeys() {
    Stream<String> named =
        KeyCatalog.loki().withFullPaths().entrySet().stream()
            .filter(key -> key.getValue().type().equals("str"))
            .map(java.util.Map.Entry::getKey)
            .filter(path -> !path.contains("["))
            .filter(SecretsTest::soundsSecret);
    Stream<String> ours =
        ConfigKeys.of(SkaldConfig.class).stream()
            .map(ConfigKeys.Description::path)
            .filter(SecretsTest::soundsSecret);
    return Stream.of(named, ours, IN_BLOCKS.stream()).flatMap(keys -> keys).distinct();
  }

  private static boolean soundsSecret(String path) {
    String name = path.substring(path.lastIndexOf('.') + 1);
    return WORDS.stream().anyMatch(name::contains) && !name.contains("tokenizable");
  }

  @Test
  void keysWereFound() {
    assertTrue(secretKeys().count() > 20, secretKeys().toList().toString());
  }

  @ParameterizedTest
  @MethodSource("secretKeys")
  void secretIsShownNowhere(String path) {
    for (String value : List.of(MARK, "[" + MARK + "]", "{a: " + MARK + "}", "{" + MARK)) {
      String yaml = yaml(path, value);
      String shown = shown(yaml);
      assertFalse(shown.contains(MARK), yaml + "is shown as\n" + shown);
    }
  }

  private static String yaml(String path, String value) {
    StringBuilder yaml = new StringBuilder();
    String[] keys = path.split("\\.");
    for (int i = 0; i < keys.length; i++) {
      yaml.append("  ".repeat(i)).append(keys[i]).append(':');
      yaml.append(i + 1 == keys.length ? " " + value + "\n" : "\n");
    }
    return yaml.toString();
  }

  /** All that a user sees of a configuration, or of what is wrong with it. */
  private String shown(String yaml) {
    List<String> shown = new ArrayList<>();
    try {
      LoadedConfig loaded = ConfigFiles.load(folder, yaml);
      shown.addAll(loaded.warnings());
      shown.add(ConfigPrinter.effective(loaded.config()));
      shown.add(ConfigPrinter.difference(loaded.config()));
      shown.add(ConfigPrinter.defaults());
    } catch (SkaldException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        shown.add(String.valueOf(cause.getMessage()));
      }
    }
    return String.join("\n", shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ruler: {alertmanager_url: 'http://me:hush-4711@am:9093'}",
        "ruler: {alertmanager_url: 'http://a:1,https://me:hush-4711@b/x?y=z@q'}",
        "ruler: {external_url: 'https://me:hush-4711@host'}",
        "storage_config: {aws: {endpoint: 'https://me:hush-4711@host'}}",
        "runtime_config: {file: ['http://me:hush-4711@host/x']}",
      })
  void passwordsInUrlsAreSecretToo(String yaml) {
    String shown = shown(yaml);
    assertFalse(shown.contains(MARK), shown);
    assertTrue(shown.contains("me:********@"), shown);
  }

  @Test
  void urlsWithoutPasswordsAreShown() {
    String shown = shown("ruler: {alertmanager_url: 'http://am:9093/x@y, http://me@b'}");
    assertTrue(shown.contains("http://am:9093/x@y, http://me@b"), shown);
  }

  @Test
  void flagsTellNoSecretsEither() {
    String[] flags = {"-common.storage.s3.secret-access-kye=" + MARK};
    String message = "";
    try {
      CommandLine.parse(flags);
    } catch (SkaldException e) {
      message = String.valueOf(e.getMessage());
    }
    assertFalse(message.contains(MARK), message);
    assertTrue(message.contains("secret-access-kye"), message);
  }
}
