package dev.skald.logql.pipeline;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Which labels the reader of a pipeline's rows looks at (spec logql.md 8.10, parser elision). What
 * the stages themselves read is found by {@link Pipeline#compile}; it need not be named here. The
 * label of an unwrap likewise.
 *
 * <p>With a demand of names, parsers extract only these and stop at the last one, so that faults
 * further on in a line go unnoticed; with {@link #NOTHING}, and no stage that reads a label,
 * parsers do not run at all.
 *
 * @param names the labels that are needed; empty with ALL
 */
public record LabelDemand(Extent extent, Set<String> names) {
  /** Every label, as log queries, {@code without (..)} and ungrouped aggregations need it. */
  public static final LabelDemand ALL = new LabelDemand(Extent.ALL, Set.of());

  /** No label. */
  public static final LabelDemand NOTHING = new LabelDemand(Extent.NAMED, Set.of());

  /** How much is asked for. */
  public enum Extent {
    ALL,
    NAMED
  }

  public LabelDemand {
    names = Set.copyOf(names);
  }

  public static LabelDemand only(Collection<String> names) {
    return new LabelDemand(Extent.NAMED, Set.copyOf(names));
  }

  public boolean isAll() {
    return extent == Extent.ALL;
  }

  public boolean isNothing() {
    return extent == Extent.NAMED && names.isEmpty();
  }

  public boolean needs(String name) {
    return isAll() || names.contains(name);
  }

  /** This and {@code more}. */
  public LabelDemand plus(Collection<String> more) {
    if (isAll()) {
      return this;
    }
    Set<String> union = new HashSet<>(names);
    union.addAll(more);
    return only(union);
  }
}
