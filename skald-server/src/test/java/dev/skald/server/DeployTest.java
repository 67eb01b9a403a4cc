package dev.skald.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.server.config.CommandLine;
import dev.skald.server.config.ConfigLoader;
import dev.skald.server.config.RuntimeOverrides;
import dev.skald.server.config.SkaldConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What can be told of {@code deploy/} without a container: that it fits the program and itself. */
final class DeployTest {
  private static final Path ROOT = Path.of("..");
  private static final Path DEPLOY = ROOT.resolve("deploy");

  /** A JVM's own flag; not the class path, the program, or what the program is told. */
  private static final Pattern JVM_FLAG = Pattern.compile("(?<=[\\s\"])-(?:X|-)[^\\s\",)]+");

  @TempDir Path folder = Path.of("");

  private static String text(String name) throws IOException {
    return Files.readString(DEPLOY.resolve(name));
  }

  /** The tree of a Kubernetes object, by the path of its members; numbers are places in lists. */
  private static Object at(@Nullable Object tree, String path) {
    @Nullable Object node = tree;
    for (String step : path.split("\\.(?!yaml)")) {
      node =
          node instanceof List<?> list
              ? list.get(Integer.parseInt(step))
              : ((Map<?, ?>) Objects.requireNonNull(node, path)).get(step);
    }
    return Objects.requireNonNull(node, path);
  }

  private static Map<String, Object> kubernetes() throws IOException {
    Map<String, Object> byKind = new HashMap<>();
    Load load = new Load(LoadSettings.builder().build());
    StreamSupport.stream(load.loadAllFromString(text("kubernetes.yaml")).spliterator(), false)
        .forEach(one -> byKind.put((String) at(one, "kind"), one));
    return byKind;
  }

  private SkaldConfig load(String yaml) throws IOException {
    Path file = folder.resolve("skald.yaml");
    Files.writeString(file, yaml);
    return ConfigLoader.load(CommandLine.parse("-config.file=" + file)).config();
  }

  @Test
  void configurationsLoadAndSayTheSame() throws IOException {
    Object data = at(kubernetes().get("ConfigMap"), "data");
    SkaldConfig alone = load(text("skald.yaml"));
    SkaldConfig cluster = load((String) at(data, "skald.yaml"));
    for (SkaldConfig config : List.of(alone, cluster)) {
      assertEquals(3100, config.server().httpListenPort());
      assertEquals("/data", config.common().pathPrefix());
      assertTrue(config.compactor().retentionEnabled());
    }
    assertEquals(alone.limitsConfig(), cluster.limitsConfig());
    assertEquals(List.of("/etc/skald/overrides.yaml"), cluster.runtimeConfig().file());
    Path overrides = folder.resolve("overrides.yaml");
    Files.writeString(overrides, (String) at(data, "overrides.yaml"));
    RuntimeOverrides read = RuntimeOverrides.load(List.of(overrides), cluster.limitsConfig());
    assertEquals(Map.of(), read.tenants());
  }

  @Test
  void objectsOfTheClusterFitTogether() throws IOException {
    Map<String, Object> objects = kubernetes();
    Object set = objects.get("StatefulSet");
    Object pod = at(set, "spec.template.spec");
    Object container = at(pod, "containers.0");
    assertEquals(
        at(objects.get("Service"), "spec.selector"), at(set, "spec.template.metadata.labels"));
    assertEquals(at(set, "spec.selector.matchLabels"), at(set, "spec.template.metadata.labels"));
    assertEquals(at(objects.get("Service"), "metadata.name"), at(set, "spec.serviceName"));
    assertEquals(List.of("-config.file=/etc/skald/skald.yaml"), at(container, "args"));
    List<Object> mounts = new ArrayList<>();
    ((List<?>) at(container, "volumeMounts")).forEach(mount -> mounts.add(at(mount, "mountPath")));
    assertEquals(List.of("/data", "/etc/skald", "/tmp"), mounts);
    assertEquals(
        at(objects.get("ConfigMap"), "metadata.name"), at(pod, "volumes.0.configMap.name"));
    SkaldConfig config = load((String) at(objects.get("ConfigMap"), "data.skald.yaml"));
    assertEquals(config.server().httpListenPort(), at(container, "ports.0.containerPort"));
    assertEquals(config.server().grpcListenPort(), at(container, "ports.1.containerPort"));
    assertEquals("/ready", at(container, "readinessProbe.httpGet.path"));
    for (String probe : List.of("startupProbe", "livenessProbe")) {
      String path = String.valueOf(at(container, probe + ".httpGet.path"));
      assertEquals("/loki/api/v1/status/buildinfo", path, "answered while a log is replayed");
    }
    for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
      assertEquals("http", at(container, probe + ".httpGet.port"));
    }
  }

  private static Set<String> jvmFlags(String text) {
    Set<String> flags = new TreeSet<>();
    Matcher matcher = JVM_FLAG.matcher(text);
    while (matcher.find()) {
      flags.add(matcher.group());
    }
    return flags;
  }

  /** As {@code ./skald up} starts it: the same file of flags, and the same heap. */
  @ParameterizedTest
  @ValueSource(strings = {"Dockerfile", "skald.service"})
  void programStartsWithTheFlagsOfTheScript(String file) throws IOException {
    String script = Files.readString(ROOT.resolve("skald"));
    assertTrue(script.contains("jvm_flags=\"@$cd_top/deploy/jvm.flags\""));
    int heap = script.indexOf("heap=\"-Xms");
    Set<String> wanted =
        jvmFlags(
            script.substring(heap, script.indexOf('\n', heap)).replace('"', ' ').replace('=', ' '));
    String start =
        Stream.of("ENTRYPOINT", "ExecStart=")
            .map(word -> startBehind(file, word))
            .filter(line -> line.contains(Main.class.getName()))
            .findFirst()
            .orElseThrow();
    assertTrue(start.contains("@/opt/skald/jvm.flags"), start);
    assertEquals(4, wanted.size(), wanted.toString());
    assertEquals(wanted, jvmFlags(start.replace('=', ' ')));
  }

  /** The rest of a line that begins so, its continuation lines too. */
  private static String startBehind(String file, String word) {
    try {
      Matcher matcher =
          Pattern.compile("(?m)^" + word + "((?:[^\\\\\n]|\\\\\n)*)").matcher(text(file));
      return matcher.find() ? matcher.group(1) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void unitAndImageNameOnePlaceForEverything() throws IOException {
    String unit = text("skald.service");
    assertTrue(unit.contains("-cp /opt/skald/lib/* " + Main.class.getName()));
    assertTrue(unit.contains("-config.file=/etc/skald/skald.yaml"));
    assertTrue(unit.contains("SuccessExitStatus=143"));
    String image = text("Dockerfile");
    assertTrue(image.contains("COPY deploy/skald.yaml /etc/skald/skald.yaml"));
    assertTrue(image.contains("CMD [\"-config.file=/etc/skald/skald.yaml\"]"));
    assertTrue(image.contains("COPY deploy/jvm.flags /opt/skald/jvm.flags"));
    assertTrue(image.contains("VOLUME /data"));
    String readme = text("README.md");
    for (String name :
        List.of("/opt/skald/lib", "jvm.flags", "/etc/skald", "skald.service", "skald.yaml")) {
      assertTrue(readme.contains(name), name);
    }
  }
}
