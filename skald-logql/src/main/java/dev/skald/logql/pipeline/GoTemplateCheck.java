package dev.skald.logql.pipeline;

import dev.skald.logql.syntax.TemplateCheck;
import dev.skald.logql.template.Template;
import dev.skald.logql.template.TemplateSyntaxException;
import java.util.Optional;

/** Lets the parser refuse templates that do not parse; syntax itself knows nothing of templates. */
public final class GoTemplateCheck implements TemplateCheck {
  @Override
  public Optional<String> error(String name, String text) {
    try {
      Template.parse(name, text);
      return Optional.empty();
    } catch (TemplateSyntaxException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
