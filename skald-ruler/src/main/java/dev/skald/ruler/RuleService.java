package dev.skald.ruler;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.TenantId;
import dev.skald.ruler.group.GroupDraft;
import dev.skald.ruler.group.RuleCheck;
import dev.skald.ruler.group.RuleGroup;
import dev.skald.ruler.group.RuleGroupReader;
import dev.skald.ruler.group.RuleNames;
import dev.skald.ruler.store.RuleSizes;
import dev.skald.ruler.store.RuleStore;
import dev.skald.ruler.store.TenantRules;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rule groups as the API reads and writes them (spec http-api.md 5). Safe for concurrent use.
 * Errors are in the words of the specification: BAD_REQUEST and LIMIT for what was sent, NOT_FOUND
 * for what is not there, UNSUPPORTED where the store only reads.
 */
public final class RuleService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RuleService.class);

  private final RuleStore store;
  private final Function<TenantId, RuleLimits> limits;
  private final RuleSizes sizes;
  private final AtomicBoolean hasTold = new AtomicBoolean();

  /** Held from counting a tenant's groups to writing one more. */
  private final Object writing = new Object();

  /**
   * @param store owned: closed with this
   * @param limits as they hold now
   */
  public RuleService(RuleStore store, Function<TenantId, RuleLimits> limits, RuleSizes sizes) {
    this.store = store;
    this.limits = limits;
    this.sizes = sizes;
    tellIfThereAreRules();
  }

  /** Says in the log, once, that rules are there and nobody evaluates them. */
  public void tellIfThereAreRules() {
    if (!store.tenants().isEmpty() && hasTold.compareAndSet(false, true)) {
      LOG.warn(
          "there are rules: they are kept and shown, but not evaluated yet: no alert fires and"
              + " nothing is recorded");
    }
  }

  /** All groups of a tenant. */
  public TenantRules rules(TenantId tenant) {
    return store.rules(tenant);
  }

  /**
   * One group.
   *
   * @throws SkaldException NOT_FOUND, UNSUPPORTED
   */
  public RuleGroup group(TenantId tenant, String namespace, String name) {
    checkNames(namespace, name);
    return store.group(tenant, namespace, name);
  }

  private static void checkNames(String namespace, String name) {
    RuleNames.check("namespace", namespace);
    RuleNames.check("group name", name);
  }

  /**
   * Adds a group to a namespace, or replaces the one of its name; durable when this returns.
   *
   * @param yaml the group
   * @throws SkaldException BAD_REQUEST, LIMIT, UNAVAILABLE, UNSUPPORTED
   */
  public void put(TenantId tenant, String namespace, byte[] yaml) {
    RuleNames.check("namespace", namespace);
    RuleLimits tenantLimits = limits.apply(tenant);
    GroupDraft draft = draft(yaml);
    sizes.check(draft);
    RuleGroup group = RuleCheck.in(tenantLimits.dialect()).group(draft);
    synchronized (writing) {
      checkLimits(tenantLimits, store.rules(tenant), namespace, group);
      store.put(tenant, namespace, group);
    }
    tellIfThereAreRules();
  }

  /** Whatever is wrong with the YAML has one text, as in Loki; the log has the rest. */
  private static GroupDraft draft(byte[] yaml) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(yaml)).toString();
      return RuleGroupReader.group("rule group", text);
    } catch (CharacterCodingException | SkaldException e) {
      LOG.debug("a rule group was refused", e);
      throw SkaldException.of(ErrorKind.BAD_REQUEST, "unable to decoded rule group", e);
    }
  }

  private static void checkLimits(
      RuleLimits limits, TenantRules rules, String namespace, RuleGroup group) {
    int ruleCount = group.rules().size();
    if (limits.rulesPerGroupMax() > 0 && ruleCount > limits.rulesPerGroupMax()) {
      throw new SkaldException(
          ErrorKind.LIMIT,
          "per-user rules per rule group limit (limit: %d actual: %d) exceeded",
          limits.rulesPerGroupMax(),
          ruleCount);
    }
    boolean isNew = rules.group(namespace, group.name()).isEmpty();
    int groupCount = rules.groupCount() + (isNew ? 1 : 0);
    if (isNew && limits.groupsMax() > 0 && groupCount > limits.groupsMax()) {
      throw new SkaldException(
          ErrorKind.LIMIT,
          "per-user rule groups limit (limit: %d actual: %d) exceeded",
          limits.groupsMax(),
          groupCount);
    }
  }

  /**
   * Durable when this returns; a group that is not there is no error.
   *
   * @throws SkaldException UNAVAILABLE, UNSUPPORTED
   */
  public void delete(TenantId tenant, String namespace, String name) {
    checkNames(namespace, name);
    store.delete(tenant, namespace, name);
  }

  /**
   * Deletes all groups of a namespace; durable when this returns.
   *
   * @throws SkaldException NOT_FOUND, UNAVAILABLE, UNSUPPORTED
   */
  public void deleteNamespace(TenantId tenant, String namespace) {
    RuleNames.check("namespace", namespace);
    store.deleteNamespace(tenant, namespace);
  }

  @Override
  public void close() {
    store.close();
  }
}
