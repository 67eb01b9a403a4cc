package dev.skald.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.config.ByteSize;
import dev.skald.config.ConfigBinder;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RuntimeOverridesTest {
  private final Path folder;

  RuntimeOverridesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static final LimitsConfig DEFAULTS = ConfigBinder.defaults(LimitsConfig.class);

  @Test
  void conformanceServerAndItsTenants() {
    LoadedConfig loaded = ConfigFiles.load(List.of("conformance/server-config.yaml"));
    assertEquals(List.of(), loaded.warnings());
    SkaldConfig config = loaded.config();
    assertTrue(config.authEnabled());
    assertEquals(Path.of("./data/objects"), config.dataDirectory());
    assertEquals(List.of("./overrides.yaml"), config.runtimeConfig().file());
    assertTrue(config.querier().multiTenantQueriesEnabled());
    assertFalse(config.limitsConfig().write().rejectOldSamples());
    RuntimeOverrides overrides =
        RuntimeOverrides.load(
            List.of(ConfigFiles.resource("conformance/overrides.yaml")), config.limitsConfig());
    assertEquals(30, overrides.tenants().size());
    assertSame(config.limitsConfig(), overrides.limits("anyone else"));
    WritePathLimits line = overrides.limits("lim-truncate").write();
    assertEquals(new ByteSize(50), line.maxLineSize());
    assertEquals("..cut", line.maxLineSizeTruncateIdentifier());
    // What a block does not say is as in limits_config.
    assertEquals(10_000.0, line.ingestionRateMb());
    assertFalse(line.rejectOldSamples());
    assertEquals(0.001, overrides.limits("lim-rate").write().ingestionRateMb());
    assertEquals(List.of(), overrides.limits("noservice").write().discoverServiceName());
    assertEquals(List.of("app", "inst"), overrides.limits("lim-required").query().requiredLabels());
    List<QueryPathLimits.BlockedQuery> blocked =
        overrides.limits("lim-blocked").query().blockedQueries();
    assertEquals(3, blocked.size());
    assertEquals(List.of("metric"), blocked.get(1).types());
    WritePathLimits rate = overrides.limits("lim-streamrate").write();
    assertFalse(rate.shardStreams().enabled());
    assertEquals(ByteSize.parse("1536KB"), rate.shardStreams().desiredRate());
    assertEquals(
        Instant.parse("2100-01-01T00:00:00Z"),
        overrides.limits("lim-block").write().blockIngestionUntil());
    assertNull(overrides.limits("lim-old").write().blockIngestionUntil());
    OtlpConfig otlp = overrides.limits("otlp-custom").write().otlpConfig();
    assertEquals(OtlpConfig.Action.DROP, otlp.scopeAttributes().get(0).kind());
    assertEquals(
        OtlpConfig.Action.INDEX_LABEL, otlp.resourceAttributes().attributesConfig().get(0).kind());
    assertEquals(
        RetentionLimits.DeletionMode.DISABLED,
        overrides.limits("del-off").retention().deletionMode());
  }

  @Test
  void laterFilesLieOverEarlierOnes() throws IOException {
    Path first = write("a.yaml", "overrides: {t: {max_query_series: 1, max_query_length: 1h}}");
    Path second = write("b.yaml", "overrides: {t: {max_query_series: 2}, u: {}, v: }");
    RuntimeOverrides overrides = RuntimeOverrides.load(List.of(first, second), DEFAULTS);
    assertEquals(2, overrides.limits("t").query().maxQuerySeries());
    assertEquals(Duration.ofHours(1), overrides.limits("t").query().maxQueryLength());
    assertEquals(DEFAULTS, overrides.limits("u"));
    assertEquals(DEFAULTS, overrides.limits("v"));
  }

  @Test
  void noFileIsNoOverrides() {
    SkaldConfig config = ConfigBinder.defaults(SkaldConfig.class);
    assertEquals(DEFAULTS, RuntimeOverrides.load(config).limits("t"));
  }

  @Test
  void otherBlocksAndObsoleteKeysAreAccepted() throws IOException {
    Path file =
        write(
            "o.yaml",
            """
            overrides:
              t: {allow_deletes: false, enforce_metric_name: true, bloom_block_encoding: x}
            configs: {t: {log_push_request: true}, default: {log_stream_creation: true}}
            multi_kv_config: {mirror_enabled: false, primary: memberlist}
            """);
    RuntimeOverrides overrides = RuntimeOverrides.load(List.of(file), DEFAULTS);
    assertEquals(
        RetentionLimits.DeletionMode.DISABLED, overrides.limits("t").retention().deletionMode());
    assertEquals(
        List.of(
            "config key \"overrides.t.allow_deletes\" is obsolete and treated as deletion_mode:"
                + " disabled",
            "config key \"overrides.t.enforce_metric_name\" is obsolete and ignored"),
        overrides.warnings());
  }

  record Wrong(String yaml, String message) {}

  static List<Wrong> wrong() {
    return List.of(
        new Wrong(
            "overrides:\n  a.b:\n    max_query_serie: 1\n",
            "line 3: unknown key overrides.a.b.max_query_serie; did you mean max_query_series?"),
        new Wrong(
            "overrides:\n  t:\n    bloom_block_encodin: 1\n",
            "line 3: unknown key overrides.t.bloom_block_encodin; did you mean"
                + " bloom_block_encoding?"),
        new Wrong(
            "overrides:\n  t:\n    max_query_series: x\n",
            "line 3: overrides.t.max_query_series: found \"x\", expected a whole number of at most"
                + " 2147483647"),
        new Wrong(
            "overrides:\n  t:\n    otlp_config: {severty_text_as_label: true}\n",
            "line 3: unknown key overrides.t.otlp_config.severty_text_as_label; did you mean"
                + " severity_text_as_label?"),
        new Wrong("overides: {}\n", "line 1: unknown key overides; did you mean overrides?"),
        new Wrong("overrides: 3\n", "line 1: overrides: found \"3\", expected a map of tenants"),
        new Wrong(
            "overrides: {t: 3}\n", "line 1: overrides.t: found \"3\", expected a map of limits"),
        new Wrong(
            "configs: {t: {log_push_reqest: true}}\n",
            "line 1: unknown key operational_config.log_push_reqest; did you mean"
                + " log_push_request?"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void wrongFilesAreRefusedWhole(Wrong c) throws IOException {
    Path file = write("w.yaml", c.yaml());
    SkaldException e =
        assertThrows(SkaldException.class, () -> RuntimeOverrides.load(List.of(file), DEFAULTS));
    assertEquals(ErrorKind.BAD_REQUEST, e.kind());
    assertEquals(file + ": " + c.message(), e.getMessage());
  }

  @Test
  void missingFilesAndUrlsAreSaid() {
    LoadedConfig missing =
        ConfigFiles.load(
            folder, "runtime_config: {file: /no/such.yaml}", "-root-directory=" + folder);
    SkaldException e =
        assertThrows(SkaldException.class, () -> RuntimeOverrides.load(missing.config()));
    assertTrue(e.getMessage().contains(folder + "/no/such.yaml cannot be read"), e.getMessage());
    String closed = "http://127.0.0.1:1/o.yaml";
    LoadedConfig url = ConfigFiles.load(folder, "runtime_config: {file: '" + closed + "'}");
    e = assertThrows(SkaldException.class, () -> RuntimeOverrides.load(url.config()));
    assertEquals(ErrorKind.BAD_REQUEST, e.kind());
    assertTrue(e.getMessage().contains(closed + " cannot be read"), e.getMessage());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
