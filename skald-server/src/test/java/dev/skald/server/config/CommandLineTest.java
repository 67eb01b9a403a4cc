package dev.skald.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.config.ConfigValue.Mapping;
import dev.skald.config.ConfigYaml;
import dev.skald.error.SkaldException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommandLineTest {
  private final Path folder;

  CommandLineTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /**
   * @param difference from what a server without configuration is, as YAML
   */
  record Setting(String args, String difference) {}

  static List<Setting> settings() {
    return List.of(
        new Setting("-server.http-listen-port=3101", "server:\n  http_listen_port: 3101\n"),
        new Setting("--server.http-listen-port 3101", "server:\n  http_listen_port: 3101\n"),
        new Setting("-auth.enabled", "auth_enabled: true\n"),
        new Setting("-auth.enabled=false", "{}\n"),
        new Setting(
            "-log.level=debug -log.format=json",
            "server:\n  log_level: debug\n  log_format: json\n"),
        new Setting("-target=read,write", "target:\n- read\n- write\n"),
        new Setting("-target=read -target=write", "target:\n- read\n- write\n"),
        new Setting(
            "-validation.discover-service-name=app -validation.discover-service-name=job",
            "limits_config:\n  discover_service_name:\n  - app\n  - job\n"),
        new Setting(
            "-local.chunk-directory=/d", "storage_config:\n  filesystem:\n    directory: /d\n"),
        new Setting("-storage.durability=os", "storage:\n  durability: os\n"),
        new Setting("-limits-config.query-dialect=loki", "limits_config:\n  query_dialect: loki\n"),
        new Setting("-memberlist.bind-port=7000", "{}\n"),
        new Setting("-frontend.grpc-client-config.grpc-max-recv-msg-size=1", "{}\n"));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void aKeysOwnFlagSetsIt(Setting c) {
    LoadedConfig loaded = load(c.args().split(" "));
    SkaldConfig without = load().config();
    assertEquals(c.difference(), difference(loaded.config(), without));
    assertEquals(List.of(), loaded.warnings());
  }

  @Test
  void flagsLieOverFiles() throws IOException {
    Files.writeString(folder.resolve("a.yaml"), "server: {http_listen_port: 1, log_level: warn}");
    Files.writeString(folder.resolve("b.yaml"), "server: {http_listen_port: 2}\ntarget: all\n");
    SkaldConfig config =
        load("-config.file=a.yaml,missing.yaml,b.yaml", "-server.http-listen-address=::1").config();
    assertEquals(2, config.server().httpListenPort());
    assertEquals(ServerConfig.LogLevel.WARN, config.server().logLevel());
    assertEquals("::1", config.server().httpListenAddress());
    assertTrue(config.authEnabled());
    assertEquals(1, port("-config.file=b.yaml", "-config.file=a.yaml"));
    assertEquals(3, port("-server.http-listen-port=3", "-config.file=a.yaml"));
  }

  @Test
  void theFirstCandidateIsTakenWhereNoFileIsNamed() throws IOException {
    Files.createDirectory(folder.resolve("config"));
    Files.writeString(folder.resolve("config/config.yaml"), "no_auth_tenant: second");
    assertEquals("second", load().config().noAuthTenant());
    assertTrue(load().config().authEnabled());
    Files.writeString(folder.resolve("config.yaml"), "no_auth_tenant: first");
    assertEquals("first", load().config().noAuthTenant());
    assertEquals("fake", load("-config.file=").config().noAuthTenant());
  }

  @Test
  void environmentIsExpandedOnlyWhenAsked() throws IOException {
    Files.writeString(folder.resolve("e.yaml"), "no_auth_tenant: ${WHO:-nobody}");
    assertEquals(
        "me", load("-config.file=e.yaml", "-config.expand-env=true").config().noAuthTenant());
    assertEquals(
        "${WHO:-nobody}",
        load("-config.file=e.yaml", "-config.expand-env=false").config().noAuthTenant());
  }

  record Wrong(String args, String message) {}

  private static final String HINT = "\nRun with -help to get list of available parameters";

  static List<Wrong> wrong() {
    return List.of(
        new Wrong("-banana=1", "flag provided but not defined: -banana" + HINT),
        new Wrong("--banana", "flag provided but not defined: -banana" + HINT),
        new Wrong("-config.file", "flag needs an argument: -config.file" + HINT),
        new Wrong("start", "unexpected argument: start" + HINT),
        new Wrong("-version=maybe", "invalid boolean value \"maybe\" for -version" + HINT),
        new Wrong(
            "-config.file=none.yaml,no.yaml",
            "failed parsing config: none.yaml,no.yaml does not exist, set config.file for custom"
                + " config path"),
        new Wrong(
            "-server.http-listen-port=x",
            "flag -server.http-listen-port: server.http_listen_port: found \"x\", expected a whole"
                + " number of at most 2147483647"),
        new Wrong(
            "-server.http-listen-port=70000",
            "flag -server.http-listen-port: server.http_listen_port: found \"70000\", expected at"
                + " least 0 and at most 65535"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void saysWhatIsWrong(Wrong c) {
    SkaldException e = assertThrows(SkaldException.class, () -> load(c.args().split(" ")));
    assertEquals(c.message(), e.getMessage());
  }

  record Act(String args, CommandLine.Action want) {}

  static List<Act> acts() {
    return List.of(
        new Act("-auth.enabled", CommandLine.Action.RUN),
        new Act("-verify-config", CommandLine.Action.VERIFY),
        new Act("-verify-config=false", CommandLine.Action.RUN),
        new Act("--version", CommandLine.Action.VERSION),
        new Act("-h", CommandLine.Action.HELP),
        new Act("--help", CommandLine.Action.HELP),
        new Act("-list-targets", CommandLine.Action.LIST_TARGETS),
        new Act("-health", CommandLine.Action.HEALTH));
  }

  @ParameterizedTest
  @MethodSource("acts")
  void knowsWhatToDo(Act c) {
    assertEquals(c.want(), CommandLine.parse(c.args()).action());
  }

  @Test
  void flagsOfEarlierReleasesAreIgnoredWithAWarning() {
    CommandLine line = CommandLine.parse("-boltdb.shipper.shared-store=s3", "-legacy-read-mode");
    assertEquals(
        List.of(
            "flag \"-boltdb.shipper.shared-store\" is obsolete and ignored",
            "flag \"-legacy-read-mode\" is obsolete and ignored"),
        line.warnings());
  }

  @Test
  void otherFlags() {
    CommandLine line =
        CommandLine.parse(
            "-print-config-stderr",
            "-log-config-reverse-order",
            "-root-directory=/r",
            "-health.url=http://x/ready");
    assertTrue(line.printConfig());
    assertTrue(line.logConfig());
    assertFalse(line.expandEnv());
    assertEquals("/r", line.rootDirectory());
    assertEquals("http://x/ready", line.healthUrl());
  }

  @Test
  void usageNamesEveryFlagThatDoesSomething() {
    String usage = CommandLine.usage();
    for (String flag : List.of("config.file", "root-directory", "server.http-listen-port")) {
      assertTrue(usage.contains("\n  -" + flag), flag);
    }
  }

  private int port(String... args) {
    return load(args).config().server().httpListenPort();
  }

  private LoadedConfig load(String... args) {
    return ConfigFiles.loader(Map.of("WHO", "me"), folder).read(CommandLine.parse(args));
  }

  private static String difference(SkaldConfig config, SkaldConfig base) {
    Mapping difference = ConfigYaml.difference(ConfigYaml.tree(config), ConfigYaml.tree(base));
    return difference.entries().isEmpty() ? "{}\n" : ConfigYaml.print(difference);
  }
}
