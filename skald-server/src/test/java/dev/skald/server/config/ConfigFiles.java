package dev.skald.server.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Configurations for tests: from resources, or written on the spot. */
final class ConfigFiles {
  private ConfigFiles() {}

  /** A file among the test resources of this package. */
  static Path resource(String name) {
    URL url = Objects.requireNonNull(ConfigFiles.class.getResource(name), name);
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static String text(String name) {
    try (InputStream in = ConfigFiles.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What files from the resources give, later ones over earlier ones, with flags. */
  static LoadedConfig load(List<String> resources, String... flags) {
    List<String> args = new ArrayList<>(List.of(flags));
    resources.forEach(name -> args.add("-config.file=" + resource(name)));
    return loader(Map.of(), Path.of("")).read(CommandLine.parse(args.toArray(String[]::new)));
  }

  /** What one file named loki.yaml gives. */
  static LoadedConfig load(Path folder, String yaml, String... flags) {
    try {
      Files.writeString(folder.resolve("loki.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> args = new ArrayList<>(List.of(flags));
    args.add("-config.file=loki.yaml");
    return loader(Map.of(), folder).read(CommandLine.parse(args.toArray(String[]::new)));
  }

  static ConfigLoader loader(Map<String, String> environment, Path workingDirectory) {
    return new ConfigLoader(environment::get, workingDirectory);
  }
}
