package dev.skald.server.config;

import java.util.List;

/** Names that {@code -target} takes. One process runs everything whatever is named. */
public final class Targets {
  private static final List<String> NAMES =
      List.of(
          "all",
          "backend",
          "bloom-builder",
          "bloom-gateway",
          "bloom-planner",
          "compactor",
          "distributor",
          "index-gateway",
          "ingest-limits",
          "ingest-limits-frontend",
          "ingester",
          "overrides-exporter",
          "pattern-ingester",
          "querier",
          "query-engine-scheduler",
          "query-engine-worker",
          "query-frontend",
          "query-scheduler",
          "read",
          "ruler",
          "table-manager",
          "ui",
          "write");

  private Targets() {}

  /** All names, sorted, for {@code -list-targets}. */
  public static List<String> names() {
    return NAMES;
  }

  static void check(List<String> targets) {
    for (String target : targets) {
      if (!NAMES.contains(target)) {
        throw new IllegalArgumentException("target: unrecognised module name: " + target);
      }
    }
  }
}
