package dev.skald.logql.template;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Prints nodes as Go prints them in its messages: one blank between words, no trim marks, strings
 * as written.
 */
final class NodeText {
  private NodeText() {}

  static String of(Node node) {
    return switch (node) {
      case Node.Text text -> text.text();
      case Node.Action action -> "{{" + of(action.pipe()) + "}}";
      case Node.If branch -> control("if", branch.pipe(), branch.then(), branch.otherwise());
      case Node.With branch -> control("with", branch.pipe(), branch.then(), branch.otherwise());
      case Node.Range range -> control("range", range.pipe(), range.body(), range.otherwise());
      case Node.Invoke invoke -> invoke(invoke);
      case Node.Break _ -> "{{break}}";
      case Node.Continue _ -> "{{continue}}";
      case Node.Block block ->
          block.statements().stream().map(NodeText::of).collect(Collectors.joining());
      case Node.Pipe pipe -> pipe(pipe);
      case Node.Command command ->
          command.arguments().stream().map(NodeText::argument).collect(Collectors.joining(" "));
      case Node.Field field -> fields(field.names());
      case Node.Variable variable -> String.join(".", variable.names());
      case Node.Chain chain -> argument(chain.base()) + fields(chain.names());
      case Node.Identifier identifier -> identifier.name();
      case Node.Dot _ -> ".";
      case Node.NilLiteral _ -> "nil";
      case Node.BoolLiteral literal -> Boolean.toString(literal.value());
      case Node.NumberLiteral literal -> literal.number().text();
      case Node.StringLiteral literal -> literal.quoted();
    };
  }

  private static String argument(Node node) {
    return node instanceof Node.Pipe ? "(" + of(node) + ")" : of(node);
  }

  private static String fields(List<String> names) {
    return names.stream().map(name -> "." + name).collect(Collectors.joining());
  }

  private static String control(
      String word, Node.Pipe pipe, Node.Block then, Node.@Nullable Block otherwise) {
    String start = "{{" + word + " " + of(pipe) + "}}" + of(then);
    return start + (otherwise == null ? "" : "{{else}}" + of(otherwise)) + "{{end}}";
  }

  private static String invoke(Node.Invoke invoke) {
    Node.Pipe pipe = invoke.pipe();
    String argument = pipe == null ? "" : " " + of(pipe);
    return "{{template " + GoQuote.quote(invoke.name()) + argument + "}}";
  }

  private static String pipe(Node.Pipe pipe) {
    String commands = pipe.commands().stream().map(NodeText::of).collect(Collectors.joining(" | "));
    if (pipe.declared().isEmpty()) {
      return commands;
    }
    String variables = pipe.declared().stream().map(NodeText::of).collect(Collectors.joining(", "));
    return variables + (pipe.assigns() ? " = " : " := ") + commands;
  }
}
