package dev.skald.logql.template;

import static dev.skald.logql.template.GoType.STRING;

import java.util.List;

/** JSON as values to look into. */
final class JsonFunctions {
  static final List<TemplateFunction> ALL =
      List.of(TemplateFunction.of("fromJson", a -> JsonValueReader.read(a.text(0)), STRING));

  private JsonFunctions() {}
}
