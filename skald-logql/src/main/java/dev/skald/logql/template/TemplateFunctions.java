package dev.skald.logql.template;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All functions by name (spec logql.md 7). */
final class TemplateFunctions {
  private static final Map<String, TemplateFunction> BY_NAME =
      Stream.of(
              BuiltinFunctions.ALL,
              Comparisons.ALL,
              StringFunctions.ALL,
              MathFunctions.ALL,
              TimeFunctions.ALL,
              EncodingFunctions.ALL,
              RegexFunctions.ALL,
              JsonFunctions.ALL)
          .flatMap(List::stream)
          .collect(Collectors.toUnmodifiableMap(TemplateFunction::name, Function.identity()));

  private TemplateFunctions() {}

  static @Nullable TemplateFunction find(String name) {
    return BY_NAME.get(name);
  }

  static boolean exists(String name) {
    return BY_NAME.containsKey(name);
  }

  /** Of all functions. */
  static Set<String> names() {
    return BY_NAME.keySet();
  }
}
