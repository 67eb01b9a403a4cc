package dev.skald.logql.syntax;

import java.util.Optional;

/** Says whether a template of {@code line_format} or {@code label_format} parses. */
@FunctionalInterface
public interface TemplateCheck {
  /** Takes every text. */
  TemplateCheck NONE = (name, text) -> Optional.empty();

  /**
   * @param name the template's name in messages: {@code line} or {@code label}
   * @return what is wrong: {@code template: line:1: unclosed action}; empty if nothing is
   */
  Optional<String> error(String name, String text);
}
