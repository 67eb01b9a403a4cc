package dev.skald.ruler.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.syntax.Dialect;
import dev.skald.model.TenantId;
import dev.skald.ruler.group.RuleGroup;
import dev.skald.ruler.group.RuleYaml;
import dev.skald.ruler.group.TestGroups;
import dev.skald.threads.Threads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalRuleStoreTest extends RuleStoreContract {
  private static final String FILE = "groups:\n- name: NAME\n  rules: [{record: a, expr: '1'}]\n";

  private final Path folder;
  private final AtomicInteger looks = new AtomicInteger();

  LocalRuleStoreTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Override
  RuleStore holding(Map<TenantId, Map<String, List<RuleGroup>>> groups) {
    groups.forEach(
        (tenant, namespaces) ->
            namespaces.forEach(
                (namespace, all) -> {
                  StringBuilder yaml = new StringBuilder("groups:\n");
                  for (RuleGroup group : all) {
                    yaml.append("-\n").append(RuleYaml.group(group).indent(2));
                  }
                  write(tenant.value() + "/" + namespace, yaml.toString());
                }));
    return started(LocalRuleFolder.ofTenants(folder), 0);
  }

  private void write(String path, String text) {
    try {
      Path file = folder.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String file(String group) {
    return FILE.replace("NAME", group);
  }

  private LocalRuleStore started(LocalRuleFolder rules, long periodNanos) {
    LocalRuleStore store = new LocalRuleStore(rules, tenant -> Dialect.LOKI, RuleSizes.DEFAULT);
    store.start(Threads.jvm(), periodNanos, looks::incrementAndGet);
    return store;
  }

  private RuleStore single() {
    return started(LocalRuleFolder.of(folder, ACME), 0);
  }

  private static List<String> namespaces(RuleStore store) {
    return List.copyOf(store.rules(ACME).namespaces().keySet());
  }

  @Test
  void writingIsRefusedAndSoIsReadingOneGroup() {
    RuleStore store = holding(Map.of(ACME, Map.of("ns", List.of(TestGroups.alerting("g")))));
    Map<String, Consumer<RuleStore>> calls =
        Map.of(
            "SetRuleGroup unsupported in rule local store",
            s -> s.put(ACME, "ns", TestGroups.alerting("g")),
            "GetRuleGroup unsupported in rule local store",
            s -> s.group(ACME, "ns", "g"),
            "DeleteRuleGroup unsupported in rule local store",
            s -> s.delete(ACME, "ns", "g"),
            "DeleteNamespace unsupported in rule local store",
            s -> s.deleteNamespace(ACME, "ns"));
    calls.forEach(
        (text, call) -> {
          var e = assertThrows(SkaldException.class, () -> call.accept(store));
          assertEquals(text, e.getMessage());
          assertEquals(ErrorKind.UNSUPPORTED, e.kind());
        });
    assertEquals(List.of("ns"), namespaces(store));
  }

  @Test
  void hiddenNamesFoldersAndWhatIsNoTenantArePassedOver() throws IOException {
    write("acme/a.yaml", file("a"));
    write("acme/.hidden", "not YAML: [");
    write("acme/..2026/b.yaml", file("b"));
    write("acme/folder/c.yaml", file("c"));
    write("lost+found/d.yaml", file("d"));
    write("top.yaml", "not YAML: [");
    Files.createSymbolicLink(
        folder.resolve("acme/link.yaml"), folder.resolve("acme/..2026/b.yaml"));
    Files.createSymbolicLink(folder.resolve("acme/gone.yaml"), folder.resolve("nowhere"));
    RuleStore store = started(LocalRuleFolder.ofTenants(folder), 0);
    assertEquals(List.of("a.yaml", "link.yaml"), namespaces(store));
    assertEquals(List.of(ACME), store.tenants());
  }

  @Test
  void theOnlyTenantHasTheFolderToItself() {
    write("top.yaml", file("top"));
    write("both.yml", file("above"));
    write("README.md", "# not YAML");
    write("acme/both.yml", file("inside"));
    write("acme/own", file("own"));
    write("other/x.yaml", file("x"));
    RuleStore store = single();
    assertEquals(List.of("both.yml", "own", "top.yaml"), namespaces(store));
    assertTrue(store.rules(ACME).group("both.yml", "inside").isPresent());
    assertEquals(List.of(ACME), store.tenants());
  }

  @Test
  void anAbsentFolderHasNoRules() {
    RuleStore store = started(LocalRuleFolder.ofTenants(folder.resolve("absent")), 0);
    assertEquals(List.of(), store.tenants());
  }

  @Test
  void aFileWithAMistakeChangesNothingForAnybody() throws Exception {
    write("acme/a.yaml", file("a"));
    write("other/b.yaml", file("b"));
    LocalRuleStore store = started(LocalRuleFolder.ofTenants(folder), 1_000_000);
    write("acme/a.yaml", file("a2"));
    write("other/b.yaml", file("b").replace("expr: '1'", "expr: 'sum('"));
    for (int i = 0; i < 20; i++) {
      TimeUnit.MILLISECONDS.sleep(2);
      assertTrue(store.rules(OTHER).group("b.yaml", "b").isPresent());
    }
    write("other/b.yaml", file("b2"));
    await(() -> store.rules(OTHER).group("b.yaml", "b2").isPresent());
    assertTrue(store.rules(ACME).group("a.yaml", "a2").isPresent());
    Files.delete(folder.resolve("other/b.yaml"));
    await(() -> store.tenants().equals(List.of(ACME)));
    store.close();
  }

  private static void await(java.util.function.BooleanSupplier condition) throws Exception {
    for (int i = 0; !condition.getAsBoolean(); i++) {
      assertTrue(i < 5_000, "not within ten seconds");
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }

  @Test
  void aStartWithAMistakeHasNoRulesUntilItIsMended() throws Exception {
    write("acme/a.yaml", "groups: 5\n");
    LocalRuleStore store = started(LocalRuleFolder.ofTenants(folder), 1_000_000);
    assertEquals(List.of(), store.tenants());
    assertEquals(0, looks.get());
    write("acme/a.yaml", file("a"));
    await(() -> store.tenants().equals(List.of(ACME)));
    store.close();
  }

  @Test
  void unchangedFilesAreReadOnceOnly() throws Exception {
    write("acme/a.yaml", file("a"));
    LocalRuleStore store = started(LocalRuleFolder.ofTenants(folder), 1_000_000);
    CountDownLatch never = new CountDownLatch(1);
    assertEquals(false, never.await(40, TimeUnit.MILLISECONDS));
    assertEquals(1, looks.get());
    store.close();
  }

  @Test
  void aFileThatIsTooLargeIsAMistake() {
    write("acme/a.yaml", "#" + "x".repeat(RuleSizes.TEXT_BYTES_MAX));
    var e = assertThrows(SkaldException.class, () -> LocalRuleFolder.ofTenants(folder).read());
    assertTrue(e.getMessage().endsWith("a.yaml: rule file too large: max=1048576 bytes"));
  }
}
