package dev.skald.logql.template;

import dev.skald.logql.template.Token.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tokens to expressions: pipelines, commands, operands. Knows which variables are declared, and
 * where errors are.
 */
final class PipeParser {
  private final String name;
  private final TokenCursor tokens;
  private final Predicate<String> isFunction;
  private List<String> variables = new ArrayList<>(List.of("$"));
  private int depth;

  /** Line on which the current action starts; 0 outside of actions. */
  private int actionLine;

  PipeParser(String name, TokenCursor tokens, Predicate<String> isFunction) {
    this.name = name;
    this.tokens = tokens;
    this.isFunction = isFunction;
  }

  void startAction(int line) {
    actionLine = line;
  }

  void endAction() {
    actionLine = 0;
  }

  int variableCount() {
    return variables.size();
  }

  /** Forgets the variables declared since there were {@code count}. */
  void dropVariables(int count) {
    variables.subList(count, variables.size()).clear();
  }

  /** Returns the ones before. */
  List<String> replaceVariables(List<String> names) {
    List<String> before = variables;
    variables = new ArrayList<>(names);
    return before;
  }

  /**
   * @param context what the pipeline is for, as messages call it
   * @param end the token that ends it, which is consumed
   */
  Node.Pipe pipe(String context, Kind end) {
    int offset = tokens.peekNotSpace().offset();
    List<Node.Variable> declared = new ArrayList<>();
    boolean assigns = declarations(context, declared);
    List<Node.Command> commands = new ArrayList<>();
    while (true) {
      int start = tokens.position();
      Token token = tokens.nextNotSpace();
      if (token.kind() == end) {
        checkCommands(commands, context);
        return new Node.Pipe(offset, assigns, declared, commands);
      }
      switch (token.kind()) {
        case BOOL,
            CHARACTER_CONSTANT,
            COMPLEX,
            DOT,
            FIELD,
            IDENTIFIER,
            NUMBER,
            NIL,
            RAW_STRING,
            STRING,
            VARIABLE,
            LEFT_PAREN -> {
          tokens.moveTo(start);
          commands.add(command());
        }
        default -> throw unexpected(token, context);
      }
    }
  }

  /**
   * {@code $x :=}, {@code $x =}, and in a range {@code $i, $x :=}. Returns whether it is an
   * assignment.
   */
  private boolean declarations(String context, List<Node.Variable> declared) {
    while (tokens.peekNotSpace().kind() == Kind.VARIABLE) {
      int start = tokens.position();
      Token variable = tokens.next();
      Token next = tokens.peekNotSpace();
      if (next.kind() == Kind.ASSIGN || next.kind() == Kind.DECLARE) {
        tokens.next();
        declare(variable, declared);
        return next.kind() == Kind.ASSIGN;
      }
      if (next.kind() != Kind.OTHER || !next.text().equals(",")) {
        tokens.moveTo(start);
        return false;
      }
      tokens.next();
      declare(variable, declared);
      if (!context.equals("range") || declared.size() >= 2) {
        throw error("too many declarations in " + context);
      }
      switch (tokens.peekNotSpace().kind()) {
        case VARIABLE, RIGHT_DELIMITER, RIGHT_PAREN -> {}
        default -> throw error("range can only initialize variables");
      }
    }
    return false;
  }

  private void declare(Token variable, List<Node.Variable> declared) {
    declared.add(new Node.Variable(variable.offset(), names(variable.text())));
    variables.add(variable.text());
  }

  private void checkCommands(List<Node.Command> commands, String context) {
    if (commands.isEmpty()) {
      throw error("missing value for " + context);
    }
    for (int i = 1; i < commands.size(); i++) {
      switch (commands.get(i).arguments().getFirst()) {
        case Node.BoolLiteral _,
            Node.Dot _,
            Node.NilLiteral _,
            Node.NumberLiteral _,
            Node.StringLiteral _ ->
            throw error("non executable command in pipeline stage " + (i + 1));
        case Node.Pipe _, Node.Field _, Node.Variable _, Node.Chain _, Node.Identifier _ -> {}
      }
    }
  }

  private Node.Command command() {
    int offset = tokens.peekNotSpace().offset();
    List<Node.Operand> arguments = new ArrayList<>();
    while (true) {
      tokens.peekNotSpace();
      Node.Operand operand = operand();
      if (operand != null) {
        arguments.add(operand);
      }
      int afterOperand = tokens.position();
      Token token = tokens.next();
      if (token.kind() == Kind.SPACE) {
        continue;
      }
      switch (token.kind()) {
        case RIGHT_DELIMITER, RIGHT_PAREN -> tokens.moveTo(afterOperand);
        case PIPE -> {}
        default -> throw unexpected(token, "operand");
      }
      if (arguments.isEmpty()) {
        throw error("empty command");
      }
      return new Node.Command(offset, arguments);
    }
  }

  /** A term and the fields behind it; null if there is no term. */
  private Node.@Nullable Operand operand() {
    Node.Operand term = term();
    if (term == null || tokens.peek().kind() != Kind.FIELD) {
      return term;
    }
    int offset = tokens.peek().offset();
    List<String> fields = new ArrayList<>();
    while (tokens.peek().kind() == Kind.FIELD) {
      fields.add(tokens.next().text().substring(1));
    }
    return switch (term) {
      case Node.Field field -> new Node.Field(offset, joined(field.names(), fields));
      case Node.Variable variable -> new Node.Variable(offset, joined(variable.names(), fields));
      case Node.BoolLiteral _,
          Node.StringLiteral _,
          Node.NumberLiteral _,
          Node.NilLiteral _,
          Node.Dot _ ->
          throw error("unexpected . after term " + GoQuote.quote(NodeText.of(term)));
      case Node.Pipe _, Node.Chain _, Node.Identifier _ -> new Node.Chain(offset, term, fields);
    };
  }

  private Node.@Nullable Operand term() {
    int start = tokens.position();
    Token token = tokens.nextNotSpace();
    int offset = token.offset();
    return switch (token.kind()) {
      case IDENTIFIER -> {
        if (!isFunction.test(token.text())) {
          throw error("function " + GoQuote.quote(token.text()) + " not defined");
        }
        yield new Node.Identifier(offset, token.text());
      }
      case DOT -> new Node.Dot(offset);
      case NIL -> new Node.NilLiteral(offset);
      case VARIABLE -> {
        if (!variables.contains(token.text())) {
          throw error("undefined variable " + GoQuote.quote(token.text()));
        }
        yield new Node.Variable(offset, names(token.text()));
      }
      case FIELD -> new Node.Field(offset, names(token.text().substring(1)));
      case BOOL -> new Node.BoolLiteral(offset, token.text().equals("true"));
      case CHARACTER_CONSTANT, COMPLEX, NUMBER -> new Node.NumberLiteral(offset, number(token));
      case LEFT_PAREN -> {
        if (++depth > TemplateLimits.NESTING_DEPTH_MAX) {
          throw nestedTooDeeply();
        }
        Node.Pipe pipe = pipe("parenthesized pipeline", Kind.RIGHT_PAREN);
        depth--;
        yield pipe;
      }
      case STRING, RAW_STRING -> new Node.StringLiteral(offset, token.text(), unquote(token));
      default -> {
        tokens.moveTo(start);
        yield null;
      }
    };
  }

  private GoNumberLiteral number(Token token) {
    String text = token.text();
    try {
      if (token.kind() != Kind.CHARACTER_CONSTANT) {
        return GoNumberLiteral.parse(text);
      }
      String character = GoQuote.unquote(text);
      if (character.isEmpty() || character.codePointCount(0, character.length()) != 1) {
        boolean empty = character.isEmpty();
        throw error(empty ? "invalid syntax" : "malformed character constant: " + text);
      }
      return GoNumberLiteral.ofCharacter(text, character.codePointAt(0));
    } catch (TemplateFailure e) {
      throw error(e.getMessage());
    }
  }

  String unquote(Token token) {
    try {
      return GoQuote.unquote(token.text());
    } catch (TemplateFailure e) {
      throw error(e.getMessage());
    }
  }

  void expect(Kind kind, String context) {
    Token token = tokens.nextNotSpace();
    if (token.kind() != kind) {
      throw unexpected(token, context);
    }
  }

  TemplateSyntaxException unexpected(Token token, String context) {
    if (token.kind() != Kind.ERROR) {
      return error("unexpected " + token.shown() + " in " + context);
    }
    String started = "";
    if (actionLine != 0 && actionLine != token.line()) {
      String what = token.text().endsWith(" action") ? "" : " in action";
      started = what + " started at " + name + ":" + actionLine;
    }
    return error(token.text() + started);
  }

  TemplateSyntaxException nestedTooDeeply() {
    return error("nested too deeply: max=" + TemplateLimits.NESTING_DEPTH_MAX);
  }

  TemplateSyntaxException error(String message) {
    return new TemplateSyntaxException("template: " + name + ":" + tokens.line() + ": " + message);
  }

  private static List<String> names(String dotted) {
    return Arrays.asList(dotted.split("\\.", -1));
  }

  private static List<String> joined(List<String> head, List<String> tail) {
    List<String> all = new ArrayList<>(head);
    all.addAll(tail);
    return all;
  }
}
