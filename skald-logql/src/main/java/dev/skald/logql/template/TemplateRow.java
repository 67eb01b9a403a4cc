package dev.skald.logql.template;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a template sees of an entry. Asked only for what the template uses, on the executing thread.
 */
public interface TemplateRow {
  /** The value of a label as it is now, or null if there is none. */
  @Nullable String label(String name);

  /**
   * All labels; any order. Costly in most implementations: only for templates that use the dot as a
   * whole.
   */
  Map<String, String> labels();

  /** The line as it is now. */
  String line();

  long timestampEpochNanos();
}
