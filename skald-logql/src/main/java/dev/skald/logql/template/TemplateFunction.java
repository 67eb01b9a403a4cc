package dev.skald.logql.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function that templates can call.
 *
 * @param parameters types of the arguments that must be there
 * @param rest type of any number of further arguments; null: none may follow
 */
record TemplateFunction(String name, List<GoType> parameters, @Nullable GoType rest, Body body) {
  TemplateFunction {
    parameters = List.copyOf(parameters);
  }

  /** What it does. The arguments are checked: there are enough, and of the right types. */
  @FunctionalInterface
  interface Body {
    /** @throws TemplateFailure with the text of the error that the function returns in Go */
    Value call(Arguments arguments);
  }

  static TemplateFunction of(String name, Body body, GoType... parameters) {
    return new TemplateFunction(name, List.of(parameters), null, body);
  }

  /** With any number of arguments of one type behind the fixed ones. */
  static TemplateFunction variadic(String name, GoType rest, Body body, GoType... parameters) {
    return new TemplateFunction(name, List.of(parameters), rest, body);
  }

  /** Type of the argument at an index, given that it may be there. */
  GoType typeAt(int index) {
    GoType further = rest;
    return index < parameters.size() || further == null ? parameters.get(index) : further;
  }
}
