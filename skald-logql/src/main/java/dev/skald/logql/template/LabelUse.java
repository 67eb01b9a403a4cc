package dev.skald.logql.template;

import java.util.Set;

/** The labels that a template may read. */
public sealed interface LabelUse {
  /**
   * Any label: the template hands the whole row around ({@code {{.}}}, {@code range}, {@code
   * index}).
   */
  record All() implements LabelUse {}

  /** No label but these. */
  record Names(Set<String> names) implements LabelUse {
    public Names {
      names = Set.copyOf(names);
    }
  }
}
