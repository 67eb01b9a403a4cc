package dev.skald.logql.template;

/**
 * What one template may cost. Beyond a limit parsing or execution fails with an error that names
 * it.
 */
final class TemplateLimits {
  /**
   * Blocks and parentheses inside one another, in the text of a template. The parser and the walk
   * over the tree use the Java stack; a person nests three deep, and a chain of {@code else if}
   * nests once for each.
   */
  static final int NESTING_DEPTH_MAX = 200;

  /** {@code {{template}}} calls inside one another. Go allows 100000, on a stack that grows. */
  static final int CALL_DEPTH_MAX = 50;

  /**
   * Nodes of the tree that are being walked at once, calls included: bounds the Java stack of an
   * execution.
   */
  static final int WALK_DEPTH_MAX = 500;

  /**
   * Work for one row: a walked node counts 1, a text that a function takes or gives 1 for every
   * {@link #TEXT_BYTES_PER_WORK} bytes. Ends loops over large numbers and templates that call
   * themselves twice.
   */
  static final int WORK_MAX = 1_000_000;

  static final int TEXT_BYTES_PER_WORK = 32;

  /**
   * Objects and arrays inside one another that {@code fromJson} reads; deeper text counts as
   * malformed.
   */
  static final int JSON_DEPTH_MAX = 100;

  /**
   * Compiled regular expressions that a template keeps; patterns made from labels must not fill the
   * memory.
   */
  static final int CACHED_REGEXES_MAX = 32;

  /** Steps of an expression times characters of the text that count as one unit of work. */
  static final int REGEX_STEPS_PER_WORK = 512;

  /** Digits of a product in decimal arithmetic; a float64 has 17. */
  static final int DECIMAL_DIGITS_MAX = 2_000;

  /**
   * Characters of the node, and of the fault, that a message about an execution shows. Messages become labels of every
   * row that fails.
   */
  static final int ERROR_PART_CHARS_MAX = 2_000;

  private TemplateLimits() {}
}
