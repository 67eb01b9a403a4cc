package dev.skald.storage;

import dev.skald.model.TenantId;
import dev.skald.storage.head.Generation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that was stored at one moment: live segments, and generations of the head. Immutable.
 */
final class StoreVersion {
  private final Map<TenantId, List<OpenSegment>> segments;
  private final List<Generation> generations;

  private StoreVersion(Map<TenantId, List<OpenSegment>> segments, List<Generation> generations) {
    this.segments = segments;
    this.generations = List.copyOf(generations);
  }

  /**
   * @param generations in order of their numbers; the last is the active one
   */
  static StoreVersion of(Collection<OpenSegment> segments, List<Generation> generations) {
    Map<TenantId, List<OpenSegment>> byTenant = new HashMap<>();
    segments.stream()
        .sorted(Comparator.comparingLong(segment -> segment.live().order()))
        .forEach(
            segment ->
                byTenant
                    .computeIfAbsent(segment.live().summary().tenant(), t -> new ArrayList<>())
                    .add(segment));
    return new StoreVersion(byTenant, generations);
  }

  /** A tenant's segments in order of arrival. */
  List<OpenSegment> segments(TenantId tenant) {
    return segments.getOrDefault(tenant, List.of());
  }

  List<OpenSegment> segments() {
    return segments.values().stream().flatMap(List::stream).toList();
  }

  /** All tenants that have segments. */
  List<TenantId> tenants() {
    return segments.keySet().stream().sorted(Comparator.comparing(TenantId::value)).toList();
  }

  /** This version with other segments in place of some. */
  StoreVersion withReplaced(Collection<OpenSegment> removed, Collection<OpenSegment> added) {
    List<OpenSegment> all = new ArrayList<>(segments());
    all.removeAll(removed);
    all.addAll(added);
    return of(all, generations);
  }

  List<Generation> generations() {
    return generations;
  }

  StoreVersion withGenerations(List<Generation> others) {
    return new StoreVersion(segments, others);
  }
}
