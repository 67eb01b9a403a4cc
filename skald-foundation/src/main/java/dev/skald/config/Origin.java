package dev.skald.config;

/**
 * Where a value was written: a file with a line counted from 1, or a flag, an environment or a rule with line 0.
 *
 * @param source the file's path as given, or the flag's name
 */
public record Origin(String source, int line) {
  /** Something that is no line of a file. */
  public static Origin of(String source) {
    return new Origin(source, 0);
  }

  public boolean isFile() {
    return line > 0;
  }

  @Override
  public String toString() {
    return line > 0 ? source + ": line " + line : source;
  }
}
