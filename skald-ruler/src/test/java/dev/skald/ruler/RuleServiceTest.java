package dev.skald.ruler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skald.disk.MemoryDisk;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.syntax.Dialect;
import dev.skald.model.TenantId;
import dev.skald.ruler.store.FileRuleStore;
import dev.skald.ruler.store.RuleSizes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RuleServiceTest {
  private static final TenantId TENANT = new TenantId("t");
  private static final String GROUP = "{name: g, rules: [{record: a, expr: '1'}]}";

  private final MemoryDisk disk = new MemoryDisk();

  private RuleService service(RuleLimits limits) throws IOException {
    return new RuleService(
        FileRuleStore.open(disk, "rules", RuleSizes.DEFAULT), tenant -> limits, RuleSizes.DEFAULT);
  }

  private RuleService unlimited() throws IOException {
    return service(new RuleLimits(0, 0, Dialect.LOKI));
  }

  private static void put(RuleService service, String namespace, String yaml) {
    service.put(TENANT, namespace, yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static void refused(String message, ErrorKind kind, Runnable call) {
    var e = assertThrows(SkaldException.class, call::run);
    assertEquals(message, e.getMessage());
    assertEquals(kind, e.kind());
  }

  @ParameterizedTest
  @ValueSource(strings = {"- a", "name: [", "{name: g, interval: x}", "{name: g, rules: 5}"})
  void whatIsNoGroupHasOneText(String yaml) throws IOException {
    RuleService service = unlimited();
    refused("unable to decoded rule group", ErrorKind.BAD_REQUEST, () -> put(service, "ns", yaml));
  }

  @Test
  void whatIsNotUtf8IsNoGroup() throws IOException {
    RuleService service = unlimited();
    byte[] bytes = {'n', 'a', 'm', 'e', ':', ' ', (byte) 0xff};
    refused(
        "unable to decoded rule group",
        ErrorKind.BAD_REQUEST,
        () -> service.put(TENANT, "ns", bytes));
  }

  @Test
  void aGroupHasSoManyRules() throws IOException {
    RuleService service = service(new RuleLimits(2, 0, Dialect.LOKI));
    String rule = "{record: a, expr: '1'},";
    put(service, "ns", "{name: g, rules: [" + rule.repeat(2) + "]}");
    refused(
        "per-user rules per rule group limit (limit: 2 actual: 3) exceeded",
        ErrorKind.LIMIT,
        () -> put(service, "ns", "{name: g, rules: [" + rule.repeat(3) + "]}"));
  }

  @Test
  void aTenantHasSoManyGroups() throws IOException {
    RuleService service = service(new RuleLimits(0, 2, Dialect.LOKI));
    put(service, "ns", GROUP);
    put(service, "ns2", GROUP);
    refused(
        "per-user rule groups limit (limit: 2 actual: 3) exceeded",
        ErrorKind.LIMIT,
        () -> put(service, "ns3", GROUP));
    put(service, "ns2", GROUP);
    service.put(new TenantId("u"), "ns3", GROUP.getBytes(StandardCharsets.UTF_8));
    service.delete(TENANT, "ns", "g");
    put(service, "ns3", GROUP);
  }

  /** A lowered limit refuses new groups; those that are there can be changed. */
  @Test
  void aLoweredLimitLeavesWhatIsThere() throws IOException {
    put(unlimited(), "ns", GROUP);
    put(unlimited(), "ns2", GROUP);
    RuleService service = service(new RuleLimits(0, 1, Dialect.LOKI));
    put(service, "ns", GROUP);
    refused(
        "per-user rule groups limit (limit: 1 actual: 3) exceeded",
        ErrorKind.LIMIT,
        () -> put(service, "ns3", GROUP));
  }

  @Test
  void theLimitHoldsWhenManyWriteAtOnce() throws Exception {
    RuleService service = service(new RuleLimits(0, 5, Dialect.LOKI));
    AtomicInteger refused = new AtomicInteger();
    List<Future<?>> writers = new ArrayList<>();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        String namespace = "ns" + i;
        writers.add(
            pool.submit(
                () -> {
                  try {
                    put(service, namespace, GROUP);
                  } catch (SkaldException e) {
                    refused.incrementAndGet();
                  }
                }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
    assertEquals(15, refused.get());
    assertEquals(5, service.rules(TENANT).groupCount());
  }

  @ParameterizedTest
  @CsvSource({"..,g", "a/../b,g", "ns,..", "ns,a\\..\\b"})
  void namesThatWouldLeaveAFolderElsewhereAreRefused(String namespace, String group)
      throws IOException {
    RuleService service = unlimited();
    String what = namespace.equals("ns") ? "group name" : "namespace";
    String message = "invalid " + what + ": path traversal not allowed";
    refused(message, ErrorKind.BAD_REQUEST, () -> service.group(TENANT, namespace, group));
    refused(message, ErrorKind.BAD_REQUEST, () -> service.delete(TENANT, namespace, group));
    refused(
        message, ErrorKind.BAD_REQUEST, () -> put(service, namespace, "{name: '" + group + "'}"));
  }

  @Test
  void namesHaveAnEnd() throws IOException {
    RuleService service = unlimited();
    String longest = "'".repeat(500);
    put(service, longest, GROUP);
    assertEquals(1, unlimited().rules(TENANT).groups(longest).size());
    refused(
        "namespace too long: bytes=501 max=500",
        ErrorKind.BAD_REQUEST,
        () -> put(service, "x".repeat(501), GROUP));
  }

  /** A few hundred bytes of YAML must not become a gigabyte of rules. */
  @Test
  void aGroupIsAsLargeAsItsAliasesMakeIt() throws IOException {
    RuleService service = unlimited();
    String yaml =
        "a: &a '"
            + "1+".repeat(5_000)
            + "1'\nname: g\nrules: ["
            + "{record: a, expr: *a},".repeat(1_000)
            + "]\n";
    refused(
        "rule group too large: chars=10130001 max=1048576",
        ErrorKind.LIMIT,
        () -> put(service, "ns", yaml));
  }
}
