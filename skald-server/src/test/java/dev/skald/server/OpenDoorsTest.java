package dev.skald.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.server.config.CommandLine;
import dev.skald.server.config.ConfigLoader;
import dev.skald.server.config.SkaldConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a server listens, and whether it says that everybody may come in. */
final class OpenDoorsTest {
  private static SkaldConfig load(String flag) {
    return ConfigLoader.load(CommandLine.parse(new String[] {flag})).config();
  }

  @Test
  void withoutConfigurationOnlyThisMachineMayAsk() {
    SkaldConfig config = load("-config.file=");
    assertEquals("127.0.0.1", config.server().httpListenAddress());
    assertEquals("127.0.0.1", config.server().grpcListenAddress());
    assertTrue(OpenDoors.warning(config).isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "auth_enabled: false; true",
        "auth_enabled: true; false",
        "{auth_enabled: false, server: {http_listen_address: 0.0.0.0}}; true",
        "{auth_enabled: false, server: {http_listen_address: 10.1.2.3}}; true",
        "{auth_enabled: false, server: {http_listen_address: 127.0.0.1}}; false",
        "{auth_enabled: false, server: {http_listen_address: '::1'}}; false",
        "{auth_enabled: false, server: {http_listen_address: localhost}}; false",
        "{auth_enabled: true, server: {http_listen_address: 0.0.0.0}}; false",
      })
  void filesListenAsTheySayAndWarn(String yaml, boolean warns, @TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("c.yaml");
    Files.writeString(file, yaml);
    SkaldConfig config = load("-config.file=" + file);
    assertEquals(warns, OpenDoors.warning(config).isPresent());
    OpenDoors.warning(config)
        .ifPresent(text -> assertTrue(text.contains("can read, write and delete"), text));
  }
}
