package dev.skald.storage;

import dev.skald.model.QuerySpan;
import dev.skald.model.TenantId;
import dev.skald.storage.head.TimeRange;
import dev.skald.storage.manifest.LiveSegment;
import dev.skald.storage.segment.SegmentId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Segments that the manifest lists and nobody can open: no scan has their rows, and each whose span they reach into says
 * so. They stay listed, in the hope of a copy of theirs. Safe for concurrent use.
 */
final class DamagedSegments {
  private final Map<SegmentId, Damaged> all = new ConcurrentHashMap<>();

  private record Damaged(TenantId tenant, TimeRange times, String damage) {}

  /** Returns whether it was not known yet. */
  boolean add(LiveSegment live, String damage) {
    Damaged added = new Damaged(live.summary().tenant(), OpenSegment.times(live.summary()), damage);
    return all.put(live.summary().id(), added) == null;
  }

  /** It could be opened after all. */
  void remove(LiveSegment live) {
    all.remove(live.summary().id());
  }

  /** Those that are listed no more are missed by nobody. */
  void keepOnly(List<LiveSegment> listed) {
    all.keySet().retainAll(listed.stream().map(live -> live.summary().id()).toList());
  }

  int count() {
    return all.size();
  }

  boolean mayHoldRows(TenantId tenant, TimeRange times) {
    return all.values().stream()
        .anyMatch(each -> each.tenant.equals(tenant) && each.times.intersects(times));
  }

  /** What a scan lacks for them. */
  List<String> warnings(TenantId tenant, QuerySpan span) {
    TimeRange wanted = TimeRange.of(span);
    List<String> warnings = new ArrayList<>();
    for (Damaged each : all.values()) {
      if (each.tenant.equals(tenant) && each.times.intersects(wanted)) {
        warnings.add("part of the data is damaged and left out of this answer: " + each.damage);
      }
    }
    return warnings;
  }
}
