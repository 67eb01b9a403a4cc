package dev.skald.query;

import dev.skald.model.TenantId;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Whose entries a query is about: one tenant, or several whose answers are joined. Sorted, each once, never empty. */
public record TenantSet(List<TenantId> ids) {
  public TenantSet {
    ids = List.copyOf(ids);
    if (ids.isEmpty()) {
      throw new IllegalArgumentException("no tenants");
    }
  }

  public static TenantSet of(TenantId tenant) {
    return new TenantSet(List.of(tenant));
  }

  public static TenantSet of(Collection<TenantId> tenants) {
    return new TenantSet(List.copyOf(new TreeSet<>(tenants)));
  }

  boolean isSingle() {
    return ids.size() == 1;
  }
}
