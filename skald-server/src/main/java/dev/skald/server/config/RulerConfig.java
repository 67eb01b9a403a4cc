package dev.skald.server.config;

import dev.skald.config.Default;
import dev.skald.config.Doc;
import dev.skald.config.FilePath;
import java.time.Duration;

/** Rules and alerts: {@code ruler:}. */
public record RulerConfig(
    @Doc("Base of links in alerts.") @Default("\"\"") String externalUrl,
    @Doc("How often a rule group without an interval of its own is evaluated.") @Default("1m")
        Duration evaluationInterval,
    @Doc("How often the rule files of a local store are read again.") @Default("1m")
        Duration pollInterval,
    Storage storage,
    @Doc("Folder for scratch files of rules.") @Default("/rules") @FilePath String rulePath,
    @Doc("Where alerts go: base URLs separated by commas; POST to their /api/v2/alerts.")
        @Default("\"\"")
        String alertmanagerUrl,
    @Doc("Accepted for Loki files; alerts always go to /api/v2/alerts.") @Default("true")
        boolean enableAlertmanagerV2,
    @Doc("Serves the API that reads and writes rules.") @Default("true") boolean enableApi) {
  /** Where rule files are: {@code ruler.storage}. */
  public record Storage(
      @Doc("Kind of store: filesystem or local; empty is ruler_storage.backend.") @Default("\"\"")
          String type,
      Local local) {}

  /** A local folder: {@code ruler.storage.local}. */
  public record Local(
      @Doc("Folder of the rule files of a local store, one folder per tenant.")
          @Default("\"\"")
          @FilePath
          String directory) {}
}
