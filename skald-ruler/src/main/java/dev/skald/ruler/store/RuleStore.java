package dev.skald.ruler.store;

import dev.skald.error.SkaldException;
import dev.skald.model.TenantId;
import dev.skald.ruler.group.RuleGroup;
import java.util.List;

/**
 * Keeps rule groups by tenant, namespace and name. All methods are safe for concurrent use, and
 * reading never waits for a write.
 *
 * <p>A store that only reads refuses the others with UNSUPPORTED; one whose disk fails, with
 * UNAVAILABLE: then the change may be there after a restart, or not.
 */
public interface RuleStore extends AutoCloseable {
  /** All groups of a tenant as they are now. */
  TenantRules rules(TenantId tenant);

  /** Tenants that have groups, sorted. */
  List<TenantId> tenants();

  /**
   * One group.
   *
   * @throws SkaldException NOT_FOUND "group does not exist"
   */
  RuleGroup group(TenantId tenant, String namespace, String name);

  /**
   * Adds a group, or replaces the one of its name; durable when this returns.
   *
   * @throws SkaldException LIMIT if the tenant's groups would be too large, UNAVAILABLE if those of
   *     all tenants would
   */
  void put(TenantId tenant, String namespace, RuleGroup group);

  /** Durable when this returns; a group that is not there is no error, as in Loki's files. */
  void delete(TenantId tenant, String namespace, String name);

  /**
   * Deletes all groups of a namespace; durable when this returns. A crash may leave some of them.
   *
   * @throws SkaldException NOT_FOUND "group namespace does not exist"
   */
  void deleteNamespace(TenantId tenant, String namespace);

  /** Stops what it does by itself; does not fail. */
  @Override
  void close();
}
