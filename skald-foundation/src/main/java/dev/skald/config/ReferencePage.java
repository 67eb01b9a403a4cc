package dev.skald.config;

import java.util.List;
import java.util.function.UnaryOperator;

/** Writes the manual of a record's keys as Markdown, one table per block at the top level. */
public final class ReferencePage {
  private ReferencePage() {}

  /**
   * The tables, without a page's title.
   *
   * @param flagOf the command-line flag of a key's path, without dashes; "" if it has none
   */
  public static String tables(List<ConfigKeys.Description> keys, UnaryOperator<String> flagOf) {
    StringBuilder out = new StringBuilder();
    String section = "";
    boolean first = true;
    for (ConfigKeys.Description key : keys) {
      int dot = key.path().indexOf('.');
      String top = dot < 0 ? "" : key.path().substring(0, dot).replace("[]", "");
      if (first || !top.equals(section)) {
        section = top;
        out.append(first ? "" : "\n").append("## ").append(top.isEmpty() ? "Top level" : top);
        out.append("\n\n| key | type | default | flag | meaning |\n|---|---|---|---|---|\n");
        first = false;
      }
      row(key, flagOf.apply(key.path()), out);
    }
    return out.toString();
  }

  private static void row(ConfigKeys.Description key, String flag, StringBuilder out) {
    out.append("| `").append(key.path()).append("` | ").append(cell(key.type())).append(" | ");
    out.append(key.defaultText().isEmpty() ? "" : "`" + cell(key.defaultText()) + "`");
    out.append(" | ").append(flag.isEmpty() ? "" : "`-" + flag + "`");
    out.append(" | ").append(cell(key.doc())).append(" |\n");
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
