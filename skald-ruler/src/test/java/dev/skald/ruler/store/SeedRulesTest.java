package dev.skald.ruler.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.logql.syntax.Dialect;
import dev.skald.model.TenantId;
import dev.skald.ruler.group.Rule;
import dev.skald.ruler.group.RuleGroup;
import dev.skald.threads.Threads;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rule files of users' documents, which lie directly in the folder. */
final class SeedRulesTest {
  private static final TenantId FAKE = new TenantId("fake");

  @ParameterizedTest
  @EnumSource
  void areReadInEveryDialect(Dialect dialect) throws Exception {
    URL folder = Objects.requireNonNull(SeedRulesTest.class.getResource("seeds"));
    LocalRuleStore store =
        new LocalRuleStore(
            LocalRuleFolder.of(Path.of(folder.toURI()), FAKE),
            tenant -> dialect,
            RuleSizes.DEFAULT);
    store.start(Threads.jvm(), 0, () -> {});
    TenantRules rules = store.rules(FAKE);
    RuleGroup first = rules.group("000_loki-rules-logql.yaml", "logs_alerts").orElseThrow();
    RuleGroup second = rules.group("002_log-alerts-logql.yaml", "log_alerts").orElseThrow();
    assertEquals(Duration.ofMinutes(1), first.interval());
    assertEquals(
        List.of("HighErrorRate", "DatabaseConnectionErrors", "NoLogsReceived"),
        first.rules().stream().map(Rule::name).toList());
    assertEquals(4, second.rules().size());
    assertEquals(2, rules.groupCount());
  }
}
