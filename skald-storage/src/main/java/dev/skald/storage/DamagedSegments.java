package dev.skald.storage;

import dev.skald.model.QuerySpan;
import dev.skald.model.TenantId;
import dev.skald.storage.head.TimeRange;
import dev.skald.storage.manifest.LiveSegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Segments that the manifest lists and nobody can open: no scan has their rows, and each whose span they reach into says
 * so. They stay listed, in the hope of a copy of theirs. Safe for concurrent use.
 */
final class DamagedSegments {
  private final List<Damaged> all = new CopyOnWriteArrayList<>();

  private record Damaged(TenantId tenant, TimeRange times, String damage) {}

  void add(LiveSegment live, String damage) {
    all.add(new Damaged(live.summary().tenant(), OpenSegment.times(live.summary()), damage));
  }

  int count() {
    return all.size();
  }

  boolean mayHoldRows(TenantId tenant, TimeRange times) {
    return all.stream()
        .anyMatch(each -> each.tenant.equals(tenant) && each.times.intersects(times));
  }

  /** What a scan lacks for them. */
  List<String> warnings(TenantId tenant, QuerySpan span) {
    TimeRange wanted = TimeRange.of(span);
    List<String> warnings = new ArrayList<>();
    for (Damaged each : all) {
      if (each.tenant.equals(tenant) && each.times.intersects(wanted)) {
        warnings.add("part of the data is damaged and left out of this answer: " + each.damage);
      }
    }
    return warnings;
  }
}
