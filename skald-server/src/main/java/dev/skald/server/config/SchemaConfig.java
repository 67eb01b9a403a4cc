package dev.skald.server.config;

import dev.skald.config.Default;
import dev.skald.config.Doc;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Loki's index periods: {@code schema_config:}. Skald has one format for all time. */
public record SchemaConfig(
    @Doc("Periods by day of start. Only the newest one's object_store is looked at.") @Default("[]")
        List<Period> configs) {
  /** Since when which index is used; an item of {@code schema_config.configs}. */
  public record Period(
      @Doc("First day, in UTC.") @Default("\"\"") @Nullable LocalDate from,
      @Doc("Kind of index; not used.") @Default("\"\"") String store,
      @Doc("Name of the store; Skald has filesystem.") @Default("\"\"") String objectStore,
      @Doc("Version of the index; not used: structured metadata is always on.") @Default("\"\"")
          String schema,
      Index index) {}

  /** Tables of an index; not used. */
  public record Index(
      @Doc("Not used.") @Default("\"\"") String prefix,
      @Doc("Not used.") @Default("0s") Duration period) {}

  /** The store of the period that starts last; "" if there is no period. */
  public String newestObjectStore() {
    Period newest = null;
    for (Period period : configs) {
      if (newest == null || !startsBefore(period, newest)) {
        newest = period;
      }
    }
    return newest == null ? "" : newest.objectStore();
  }

  private static boolean startsBefore(Period period, Period other) {
    return period.from() == null || (other.from() != null && period.from().isBefore(other.from()));
  }
}
