package dev.skald.ruler.store;

import static dev.skald.property.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.disk.Disk;
import dev.skald.disk.FaultyDisk;
import dev.skald.disk.MemoryDisk;
import dev.skald.disk.WritableFile;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.TenantId;
import dev.skald.ruler.group.RuleGroup;
import dev.skald.ruler.group.TestGroups;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FileRuleStoreTest extends RuleStoreContract {
  private static final String FOLDER = "rules";

  private final MemoryDisk disk = new MemoryDisk();

  @Override
  RuleStore holding(Map<TenantId, Map<String, List<RuleGroup>>> groups) throws IOException {
    RuleStore store = open(disk);
    groups.forEach(
        (tenant, namespaces) ->
            namespaces.forEach(
                (namespace, all) -> all.forEach(group -> store.put(tenant, namespace, group))));
    return store;
  }

  private static FileRuleStore open(Disk disk) throws IOException {
    return FileRuleStore.open(disk, FOLDER, RuleSizes.DEFAULT);
  }

  private static SkaldException refused(ErrorKind kind, Runnable change) {
    SkaldException e = assertThrows(SkaldException.class, change::run);
    assertEquals(kind, e.kind(), e.getMessage());
    return e;
  }

  @Test
  void aGroupOfTheSameNameIsReplaced() throws IOException {
    RuleStore store = open(disk);
    store.put(ACME, "ns", TestGroups.recording("g", "vector(1)"));
    store.put(ACME, "ns", TestGroups.recording("g", "vector(2)"));
    assertEquals(TestGroups.recording("g", "vector(2)"), store.group(ACME, "ns", "g"));
    assertEquals(1, store.rules(ACME).groupCount());
    assertEquals(1, disk.list(FOLDER).size());
  }

  @Test
  void groupsAndNamespacesAreDeleted() throws IOException {
    RuleStore store = open(disk);
    for (String name : List.of("a", "b", "c")) {
      store.put(ACME, "ns", TestGroups.alerting(name));
    }
    store.put(ACME, "ns2", TestGroups.alerting("a"));
    store.delete(ACME, "ns", "b");
    store.delete(ACME, "ns", "b");
    assertEquals(
        "group does not exist",
        refused(ErrorKind.NOT_FOUND, () -> store.group(ACME, "ns", "b")).getMessage());
    store.deleteNamespace(ACME, "ns");
    assertEquals(
        "group namespace does not exist",
        refused(ErrorKind.NOT_FOUND, () -> store.deleteNamespace(ACME, "ns")).getMessage());
    assertEquals(List.of("ns2"), List.copyOf(open(disk).rules(ACME).namespaces().keySet()));
    store.deleteNamespace(ACME, "ns2");
    assertEquals(List.of(), store.tenants());
    assertEquals(List.of(), disk.list(FOLDER));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "../../etc/passwd",
        "/etc/passwd",
        "a/b",
        "a\\b",
        "C:\\x",
        ".",
        "con",
        "a.yaml",
        "x.tmp",
        "A",
        "a",
        "name with blanks",
        "\u0000",
        "ünï / ☃ 😀",
        "null",
        "1",
        "- x: [y",
      })
  void namesNeverBecomePaths(String name) throws IOException {
    RuleStore store = open(disk);
    RuleGroup group = TestGroups.alerting("g");
    store.put(ACME, name, group);
    for (String file : disk.list(FOLDER)) {
      assertTrue(file.length() == 64 + ".yaml".length(), file);
      assertTrue(file.chars().allMatch(c -> "0123456789abcdefyml.".indexOf(c) >= 0), file);
    }
    assertEquals(List.of(FOLDER), disk.list(""));
    assertEquals(group, open(disk).group(ACME, name, "g"));
    store.delete(ACME, name, "g");
    assertEquals(List.of(), disk.list(FOLDER));
  }

  @Test
  void namesThatJoinToTheSameTextAreOthers() throws IOException {
    RuleStore store = open(disk);
    store.put(ACME, "a", TestGroups.alerting("b/c"));
    store.put(ACME, "a/b", TestGroups.alerting("c"));
    store.put(new TenantId("acmea"), "", TestGroups.alerting("b/c"));
    assertEquals(3, disk.list(FOLDER).size());
    assertEquals(2, open(disk).rules(ACME).groupCount());
  }

  @Test
  void nothingIsMadeBeforeTheFirstGroup() throws IOException {
    open(disk);
    assertEquals(List.of(), disk.list(""));
  }

  @Test
  void whatACrashLeftHalfWrittenIsRemoved() throws IOException {
    open(disk).put(ACME, "ns", TestGroups.alerting("g"));
    String name = disk.list(FOLDER).getFirst();
    write(FOLDER + "/" + name + ".tmp", "# skald rule group 1 crc32c=0");
    FileRuleStore store = open(disk);
    assertEquals(List.of(name), disk.list(FOLDER));
    assertEquals(List.of(), store.damaged());
    store.put(ACME, "ns", TestGroups.recording("g", "vector(1)"));
    assertEquals(1, disk.list(FOLDER).size());
  }

  private void write(String path, String text) throws IOException {
    try (WritableFile file = disk.create(path)) {
      file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      file.sync();
    }
  }

  @Test
  void aDamagedFileIsToldAndLeftAndTheOthersAreThere() throws IOException {
    RuleStore store = open(disk);
    store.put(ACME, "ns", TestGroups.alerting("g1"));
    String first = FOLDER + "/" + disk.list(FOLDER).getFirst();
    store.put(ACME, "ns", TestGroups.alerting("g2"));
    disk.flipBit(first, disk.sizeBytes(first) * 8 - 20);
    FileRuleStore reopened = open(disk);
    assertEquals(1, reopened.damaged().size(), reopened.damaged().toString());
    String told = reopened.damaged().getFirst();
    assertTrue(told.startsWith(first + ": checksum is "), told);
    assertEquals(List.of("g2"), names(reopened));
    assertEquals(2, disk.list(FOLDER).size());
    reopened.put(ACME, "ns", TestGroups.alerting("g1"));
    assertEquals(List.of("g1", "g2"), names(open(disk)));
  }

  private static List<String> names(RuleStore store) {
    return store.rules(ACME).groups("ns").stream().map(RuleGroup::name).toList();
  }

  @Test
  void othersFilesAreNotOurs() throws IOException {
    open(disk).put(ACME, "ns", TestGroups.alerting("g"));
    String name = disk.list(FOLDER).getFirst();
    write(FOLDER + "/README", "hello");
    write(FOLDER + "/groups.yaml", "groups: []\n");
    FileRuleStore store = open(disk);
    assertEquals(List.of("g"), names(store));
    assertEquals(
        List.of(
            "rules/groups.yaml: header is 'groups: []\n', expected '# skald rule group 1 crc32c='"),
        store.damaged());
    disk.rename(FOLDER + "/" + name, FOLDER + "/" + "0".repeat(64) + ".yaml");
    assertTrue(open(disk).damaged().getFirst().endsWith("belongs into " + name));
  }

  @Test
  void aFullDiskRefusesAndKeepsWhatWasThere() throws IOException {
    RuleStore store = open(disk);
    store.put(ACME, "ns", TestGroups.recording("g", "vector(1)"));
    disk.capacityBytes(disk.usedBytes() + 10);
    refused(
        ErrorKind.UNAVAILABLE, () -> store.put(ACME, "ns", TestGroups.recording("g", "vector(2)")));
    assertEquals(TestGroups.recording("g", "vector(1)"), store.group(ACME, "ns", "g"));
    assertEquals(1, disk.list(FOLDER).size());
    disk.capacityBytes(Long.MAX_VALUE);
    store.put(ACME, "ns", TestGroups.recording("g", "vector(2)"));
    assertEquals(TestGroups.recording("g", "vector(2)"), open(disk).group(ACME, "ns", "g"));
  }

  @Test
  void aSyncThatFailsIsNoSuccess() throws IOException {
    FaultyDisk faulty = FaultyDisk.over(disk, new Random(1));
    RuleStore store = open(faulty);
    store.put(ACME, "ns", TestGroups.recording("g", "vector(1)"));
    faulty.failSyncs(1, FOLDER);
    refused(
        ErrorKind.UNAVAILABLE, () -> store.put(ACME, "ns", TestGroups.recording("g", "vector(2)")));
    store.put(ACME, "ns", TestGroups.recording("g", "vector(3)"));
    assertEquals(List.of(), faulty.violations());
    assertEquals(
        TestGroups.recording("g", "vector(3)"), open(faulty.restart()).group(ACME, "ns", "g"));
  }

  @Test
  void aDeletionWhoseSyncFailsIsDoneWhenItIsAskedForAgain() throws IOException {
    FaultyDisk faulty = FaultyDisk.over(disk, new Random(1));
    RuleStore store = open(faulty);
    store.put(ACME, "ns", TestGroups.recording("g", "vector(1)"));
    faulty.failDirectorySyncs(1);
    refused(ErrorKind.UNAVAILABLE, () -> store.deleteNamespace(ACME, "ns"));
    assertEquals(1, store.rules(ACME).groups("ns").size(), "nothing was promised");
    store.deleteNamespace(ACME, "ns");
    assertEquals(List.of(), store.rules(ACME).groups("ns"));
    assertEquals(List.of(), open(faulty.restart()).rules(ACME).groups("ns"));
  }

  /** One change of a workload: puts a group of a number, or deletes it. */
  private record Change(String name, int number) {
    boolean isDeletion() {
      return number < 0;
    }

    void apply(RuleStore store) {
      if (!isDeletion()) {
        store.put(ACME, "ns", TestGroups.recording(name, "vector(" + number + ")"));
      } else {
        store.delete(ACME, "ns", name);
      }
    }

    TenantRules after(TenantRules before) {
      return isDeletion()
          ? before.without("ns", name)
          : before.with("ns", TestGroups.recording(name, "vector(" + number + ")"));
    }
  }

  /** Whatever the step at which the machine stops: what was acknowledged is there, the rest is or is not. */
  @Test
  void aCrashLosesNothingThatWasAcknowledged() {
    forAll(
        300,
        random -> {
          List<Change> changes = new ArrayList<>();
          for (int i = 0; i < 8; i++) {
            int number = random.nextInt(4) == 0 ? -1 : i;
            changes.add(new Change("g" + random.nextInt(3), number));
          }
          MemoryDisk memory = new MemoryDisk();
          FaultyDisk faulty = FaultyDisk.over(memory, random).crashAt(1 + random.nextInt(40));
          TenantRules acknowledged = TenantRules.NONE;
          TenantRules attempted = TenantRules.NONE;
          try {
            RuleStore store = open(faulty);
            for (Change change : changes) {
              attempted = change.after(acknowledged);
              change.apply(store);
              acknowledged = attempted;
            }
          } catch (SkaldException e) {
            assertEquals(ErrorKind.UNAVAILABLE, e.kind(), e.toString());
          }
          FileRuleStore reopened = open(faulty.restart());
          assertEquals(List.of(), reopened.damaged());
          TenantRules found = reopened.rules(ACME);
          assertTrue(
              found.equals(acknowledged) || found.equals(attempted),
              found + " is neither " + acknowledged + " nor " + attempted);
        });
  }

  @Test
  void manyWriteAtOnce() throws Exception {
    RuleStore store = open(disk);
    List<Future<?>> writers = new ArrayList<>();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int writer = 0; writer < 8; writer++) {
        String own = "w" + writer;
        writers.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < 25; i++) {
                    store.put(ACME, "ns" + i % 3, TestGroups.recording(own, "vector(" + i + ")"));
                    store.put(ACME, "shared", TestGroups.recording("g", own));
                    assertTrue(store.rules(ACME).group("ns" + i % 3, own).isPresent());
                  }
                  store.delete(ACME, "ns0", own);
                }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
    assertEquals(2 * 8 + 1, store.rules(ACME).groupCount());
    assertEquals(store.rules(ACME), open(disk).rules(ACME));
    assertEquals(2 * 8 + 1, disk.list(FOLDER).size());
  }

  @Test
  void rulesOfATenantAndOfAllHaveAnEnd() throws IOException {
    RuleGroup group = TestGroups.recording("g0", "x".repeat(800)); // weighs 976
    RuleStore store = FileRuleStore.open(disk, FOLDER, new RuleSizes(1_000, 2_000, 3_000));
    store.put(ACME, "ns", group);
    store.put(ACME, "ns2", group);
    SkaldException ofTenant = refused(ErrorKind.LIMIT, () -> store.put(ACME, "ns3", group));
    assertEquals("rules of the tenant too large: chars=2928 max=2000", ofTenant.getMessage());
    store.put(OTHER, "ns", group);
    SkaldException ofAll = refused(ErrorKind.UNAVAILABLE, () -> store.put(OTHER, "ns2", group));
    assertEquals("rules of all tenants too large: chars=3904 max=3000", ofAll.getMessage());
    store.put(ACME, "ns", group);
    assertEquals(3, disk.list(FOLDER).size());
  }

  @Test
  void aGroupThatItsFileCannotHoldIsRefused() throws IOException {
    RuleStore store = open(disk);
    refused(
        ErrorKind.LIMIT,
        () -> store.put(ACME, "ns", TestGroups.recording("g", "\u0001".repeat(900_000))));
    assertEquals(List.of(), disk.list(FOLDER));
  }

  /** The example of docs/format/rules.md. */
  @Test
  void theFormatIsAsItsPageSays() throws IOException {
    String file =
        """
        # skald rule group 1 crc32c=b340053a
        tenant: acme
        namespace: ns one
        group:
            name: g1
            interval: 1m
            rules:
                - record: m:rate
                  expr: sum(rate({app="x"}[5m]))
                  labels:
                    team: core
        """;
    open(disk).put(ACME, "ns one", TestGroups.recording("g1", "sum(rate({app=\"x\"}[5m]))"));
    String name = disk.list(FOLDER).getFirst();
    ByteBuffer bytes = ByteBuffer.allocate((int) disk.sizeBytes(FOLDER + "/" + name));
    try (var reader = disk.open(FOLDER + "/" + name)) {
      reader.read(0, bytes);
    }
    assertEquals("e963b4bd66b15969fae638632ab558c26a699cc14867e15fea6cd662cd86384a.yaml", name);
    assertEquals(file, new String(bytes.array(), StandardCharsets.UTF_8));
  }
}
