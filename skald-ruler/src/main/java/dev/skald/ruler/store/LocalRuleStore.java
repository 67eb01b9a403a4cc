package dev.skald.ruler.store;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.syntax.Dialect;
import dev.skald.model.TenantId;
import dev.skald.ruler.group.GroupDraft;
import dev.skald.ruler.group.RuleCheck;
import dev.skald.ruler.group.RuleGroup;
import dev.skald.ruler.group.RuleGroupReader;
import dev.skald.ruler.store.LocalRuleFolder.RuleFile;
import dev.skald.threads.Threads;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Groups of a {@link LocalRuleFolder}, which is read now and then; nothing is written there. A file
 * with a mistake changes nothing, for any tenant: what held goes on holding, and the log says once
 * what is wrong (spec ruler.md 3).
 */
public final class LocalRuleStore implements RuleStore {
  private static final Logger LOG = LoggerFactory.getLogger(LocalRuleStore.class);

  private final LocalRuleFolder folder;
  private final Function<TenantId, Dialect> dialects;
  private final RuleSizes sizes;
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile Map<TenantId, TenantRules> tenants = Map.of();

  /** As the last look found them; of the thread that looks. */
  private @Nullable List<RuleFile> settled;

  private @Nullable String toldError;

  /**
   * @param dialects the language of each tenant's expressions
   */
  public LocalRuleStore(
      LocalRuleFolder folder, Function<TenantId, Dialect> dialects, RuleSizes sizes) {
    this.folder = folder;
    this.dialects = dialects;
    this.sizes = sizes;
  }

  /**
   * Looks now, and once in each period from then on.
   *
   * @param periodNanos 0 never looks again
   * @param looked called after each look that found something new
   */
  public void start(Threads threads, long periodNanos, Runnable looked) {
    look(looked);
    if (periodNanos > 0) {
      threads.start("rule-files", () -> lookUntilStopped(periodNanos, looked));
    }
  }

  private void lookUntilStopped(long periodNanos, Runnable looked) {
    try {
      while (!stop.await(periodNanos, TimeUnit.NANOSECONDS)) {
        look(looked);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads the files, and the groups from them if they are others than before. */
  private void look(Runnable looked) {
    try {
      List<RuleFile> files = folder.read();
      if (files.equals(settled)) {
        return;
      }
      Map<TenantId, TenantRules> read = groups(files);
      tenants = read;
      settled = files;
      toldError = null;
      LOG.info("rule files were read: files={} tenants={}", files.size(), read.size());
      looked.run();
    } catch (SkaldException e) {
      failed(e.getMessage());
    } catch (RuntimeException e) {
      failed(e.toString());
    }
  }

  private void failed(String error) {
    settled = null;
    if (!error.equals(toldError)) {
      toldError = error;
      LOG.error("rule files cannot be used, the rules stay as they were: {}", error);
    }
  }

  private Map<TenantId, TenantRules> groups(List<RuleFile> files) {
    Map<TenantId, SortedMap<String, List<RuleGroup>>> found = new HashMap<>();
    for (RuleFile file : files) {
      found
          .computeIfAbsent(file.tenant(), tenant -> new TreeMap<>())
          .put(file.namespace(), groups(file));
    }
    Map<TenantId, TenantRules> rules = new HashMap<>();
    found.forEach(
        (tenant, namespaces) -> {
          TenantRules read = new TenantRules(namespaces);
          sizes.check(read);
          if (!read.isEmpty()) {
            rules.put(tenant, read);
          }
        });
    sizes.check(rules.values());
    return Map.copyOf(rules);
  }

  private List<RuleGroup> groups(RuleFile file) {
    List<GroupDraft> drafts = RuleGroupReader.file(file.path(), file.text());
    try {
      drafts.forEach(sizes::check);
      return RuleCheck.in(dialects.apply(file.tenant())).file(drafts);
    } catch (SkaldException e) {
      throw SkaldException.of(e.kind(), file.path() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public TenantRules rules(TenantId tenant) {
    return tenants.getOrDefault(tenant, TenantRules.NONE);
  }

  @Override
  public List<TenantId> tenants() {
    return tenants.keySet().stream().sorted().toList();
  }

  /** As in Loki, by whose text Grafana knows that rules can be listed here and not edited. */
  @Override
  public RuleGroup group(TenantId tenant, String namespace, String name) {
    throw unsupported("GetRuleGroup");
  }

  @Override
  public void put(TenantId tenant, String namespace, RuleGroup group) {
    throw unsupported("SetRuleGroup");
  }

  @Override
  public void delete(TenantId tenant, String namespace, String name) {
    throw unsupported("DeleteRuleGroup");
  }

  @Override
  public void deleteNamespace(TenantId tenant, String namespace) {
    throw unsupported("DeleteNamespace");
  }

  private static SkaldException unsupported(String operation) {
    return SkaldException.of(ErrorKind.UNSUPPORTED, operation + " unsupported in rule local store");
  }

  @Override
  public void close() {
    stop.countDown();
  }
}
