package dev.skald.server;

import dev.skald.model.TenantId;
import dev.skald.ruler.RuleLimits;
import dev.skald.ruler.RuleService;
import dev.skald.ruler.store.FileRuleStore;
import dev.skald.ruler.store.LocalRuleFolder;
import dev.skald.ruler.store.LocalRuleStore;
import dev.skald.ruler.store.RuleSizes;
import dev.skald.server.config.RulePlace;
import dev.skald.server.config.RulerLimits;
import dev.skald.server.config.SkaldConfig;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the rules where the configuration says that they are. */
final class RuleAssembly {
  private static final Logger LOG = LoggerFactory.getLogger(RuleAssembly.class);

  /** Of the data folder. */
  private static final String FOLDER = "rules";

  private RuleAssembly() {}

  /**
   * @return the caller closes it
   * @throws IOException if the folder cannot be had
   */
  static RuleService open(SkaldConfig config, Ports ports, LiveLimits limits) throws IOException {
    return switch (config.rulePlace()) {
      case RulePlace.WithData() ->
          ofFiles(
              FileRuleStore.open(
                  ports.disks().open(config.dataDirectory()), FOLDER, RuleSizes.DEFAULT),
              limits);
      case RulePlace.InFolder(Path folder) ->
          ofFiles(FileRuleStore.open(ports.disks().open(folder), "", RuleSizes.DEFAULT), limits);
      case RulePlace.Local(Path directory) -> ofOthersFiles(directory, config, ports, limits);
    };
  }

  private static RuleService ofFiles(FileRuleStore store, LiveLimits limits) {
    store
        .damaged()
        .forEach(
            problem -> LOG.error("a rule group is left out, its file is damaged: {}", problem));
    return new RuleService(store, tenant -> limits(limits, tenant), RuleSizes.DEFAULT);
  }

  private static RuleService ofOthersFiles(
      Path directory, SkaldConfig config, Ports ports, LiveLimits limits) {
    LocalRuleFolder folder =
        config.authEnabled()
            ? LocalRuleFolder.ofTenants(directory)
            : LocalRuleFolder.of(directory, new TenantId(config.noAuthTenant()));
    LocalRuleStore store =
        new LocalRuleStore(folder, tenant -> limits(limits, tenant).dialect(), RuleSizes.DEFAULT);
    RuleService service =
        new RuleService(store, tenant -> limits(limits, tenant), RuleSizes.DEFAULT);
    store.start(
        ports.threads(), config.ruler().pollInterval().toNanos(), service::tellIfThereAreRules);
    return service;
  }

  private static RuleLimits limits(LiveLimits limits, TenantId tenant) {
    RulerLimits ruler = limits.configured(tenant).ruler();
    return new RuleLimits(
        ruler.rulerMaxRulesPerRuleGroup(),
        ruler.rulerMaxRuleGroupsPerTenant(),
        limits.query(tenant).dialect());
  }
}
