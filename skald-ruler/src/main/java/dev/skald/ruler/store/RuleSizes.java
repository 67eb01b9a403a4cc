package dev.skald.ruler.store;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.ruler.group.GroupDraft;
import java.util.Collection;

/**
 * How much there may be of rules at all, whatever a tenant's limits say: they are in memory, and an
 * answer holds all of a tenant's. Weights are those of {@link dev.skald.ruler.group.RuleWeight}; an
 * ordinary rule has some 500 characters.
 *
 * @param groupCharsMax of a group, which may be larger than its text if that has aliases
 * @param tenantCharsMax of a tenant's groups together
 * @param allCharsMax of all tenants' groups together
 */
public record RuleSizes(long groupCharsMax, long tenantCharsMax, long allCharsMax) {
  /** Of a request's body, and of a file that others wrote. */
  public static final int TEXT_BYTES_MAX = 1 << 20;

  public static final RuleSizes DEFAULT = new RuleSizes(1 << 20, 8 << 20, 32 << 20);

  /**
   * @throws SkaldException LIMIT
   */
  public void check(GroupDraft draft) {
    long chars = draft.weightChars();
    if (chars > groupCharsMax) {
      throw new SkaldException(
          ErrorKind.LIMIT, "rule group too large: chars=%d max=%d", chars, groupCharsMax);
    }
  }

  /**
   * @throws SkaldException LIMIT
   */
  void check(TenantRules rules) {
    long chars = rules.weightChars();
    if (chars > tenantCharsMax) {
      throw new SkaldException(
          ErrorKind.LIMIT, "rules of the tenant too large: chars=%d max=%d", chars, tenantCharsMax);
    }
  }

  /**
   * @throws SkaldException UNAVAILABLE
   */
  void check(Collection<TenantRules> all) {
    long chars = all.stream().mapToLong(TenantRules::weightChars).sum();
    if (chars > allCharsMax) {
      throw new SkaldException(
          ErrorKind.UNAVAILABLE,
          "rules of all tenants too large: chars=%d max=%d",
          chars,
          allCharsMax);
    }
  }
}
