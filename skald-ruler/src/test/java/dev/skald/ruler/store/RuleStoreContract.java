package dev.skald.ruler.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.model.TenantId;
import dev.skald.ruler.group.RuleGroup;
import dev.skald.ruler.group.TestGroups;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What every store tells of the groups that it holds. */
abstract class RuleStoreContract {
  static final TenantId ACME = new TenantId("acme");
  static final TenantId OTHER = new TenantId("other");

  /** A store that holds these groups, by tenant and namespace. */
  abstract RuleStore holding(Map<TenantId, Map<String, List<RuleGroup>>> groups) throws Exception;

  private RuleStore small() throws Exception {
    return holding(
        Map.of(
            ACME,
            Map.of(
                "ns two",
                List.of(TestGroups.alerting("a1")),
                "ns1",
                List.of(TestGroups.alerting("g1"), TestGroups.recording("g2", "vector(1)"))),
            OTHER,
            Map.of("ns1", List.of(TestGroups.recording("g1", "vector(2)")))));
  }

  @Test
  void tenantsSeeTheirOwnGroups() throws Exception {
    RuleStore store = small();
    assertEquals(List.of(ACME, OTHER), store.tenants());
    assertEquals(
        new TreeMap<>(Map.of("ns1", List.of(TestGroups.recording("g1", "vector(2)")))),
        store.rules(OTHER).namespaces());
    assertTrue(store.rules(new TenantId("nobody")).isEmpty());
  }

  @Test
  void namespacesAndGroupsAreInOrder() throws Exception {
    TenantRules rules = small().rules(ACME);
    assertEquals(List.of("ns two", "ns1"), List.copyOf(rules.namespaces().keySet()));
    assertEquals(List.of("g1", "g2"), rules.groups("ns1").stream().map(RuleGroup::name).toList());
    assertEquals(3, rules.groupCount());
    assertEquals(List.of(), rules.groups("ns3"));
  }

  @Test
  void groupsComeBackWhole() throws Exception {
    TenantRules rules = small().rules(ACME);
    assertEquals(TestGroups.alerting("g1"), rules.group("ns1", "g1").orElseThrow());
    assertTrue(rules.group("ns1", "a1").isEmpty());
  }

  @Test
  void anEmptyOneHasNothing() throws Exception {
    RuleStore store = holding(Map.of());
    assertEquals(List.of(), store.tenants());
    assertTrue(store.rules(ACME).isEmpty());
  }

  @Test
  void closingTwiceIsHarmless() throws Exception {
    RuleStore store = small();
    store.close();
    store.close();
  }
}
