package dev.skald.logql.template;

import dev.skald.logql.template.Token.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tokens to statements: text, actions, {@code if}, {@code with}, {@code range}, {@code template},
 * {@code define}, {@code block}. Recursive descent; expressions are read by {@link PipeParser}.
 * What is refused and in which words follows Go's text/template/parse.
 */
final class TemplateParser {
  private final String name;
  private final TokenCursor tokens;
  private final PipeParser pipes;
  private final Map<String, Node.Block> blocks = new HashMap<>();

  /** {@code range} loops around the current token, inside the current definition. */
  private int rangeDepth;

  private int depth;

  private TemplateParser(String name, String text, Predicate<String> isFunction) {
    this.name = name;
    this.tokens = new TokenCursor(TemplateLexer.tokens(text));
    this.pipes = new PipeParser(name, tokens, isFunction);
  }

  /**
   * @param isFunction whether a name is that of a function
   * @throws TemplateSyntaxException in Go's words
   */
  static ParsedTemplate parse(String name, String text, Predicate<String> isFunction) {
    return new TemplateParser(name, text, isFunction).template();
  }

  private ParsedTemplate template() {
    List<Node.Statement> statements = new ArrayList<>();
    int offset = tokens.peek().offset();
    while (tokens.peek().kind() != Kind.END_OF_TEXT) {
      if (tokens.peek().kind() == Kind.LEFT_DELIMITER) {
        int delimiter = tokens.position();
        tokens.next();
        if (tokens.nextNotSpace().kind() == Kind.DEFINE) {
          define();
          continue;
        }
        tokens.moveTo(delimiter);
      }
      switch (textOrAction()) {
        case Parsed.Statement(var statement) -> statements.add(statement);
        case Parsed.End _ -> throw pipes.error("unexpected {{end}}");
        case Parsed.Else _ -> throw pipes.error("unexpected {{else}}");
      }
    }
    add(name, new Node.Block(offset, statements));
    return new ParsedTemplate(blocks.getOrDefault(name, new Node.Block(0, List.of())), blocks);
  }

  /** The rest of a definition, from the word {@code define} on. */
  private void define() {
    String context = "define clause";
    Token quoted = tokens.nextNotSpace();
    String defined = templateName(quoted, context);
    pipes.expect(Kind.RIGHT_DELIMITER, context);
    add(defined, separateBlock(context));
  }

  /** A list up to {@code end} that sees no variables and no loops of what is around it. */
  private Node.Block separateBlock(String context) {
    List<String> outerVariables = pipes.replaceVariables(List.of("$"));
    int outerRangeDepth = rangeDepth;
    rangeDepth = 0;
    Items items = items();
    if (items.ended() instanceof Parsed.Else) {
      throw pipes.error("unexpected {{else}} in " + context);
    }
    rangeDepth = outerRangeDepth;
    pipes.replaceVariables(outerVariables);
    return items.block();
  }

  private void add(String blockName, Node.Block block) {
    Node.Block before = blocks.get(blockName);
    if (before == null || isEmpty(before)) {
      blocks.put(blockName, block);
    } else if (!isEmpty(block)) {
      throw pipes.error("template: multiple definition of template " + GoQuote.quote(blockName));
    }
  }

  private static boolean isEmpty(Node.Block block) {
    return block.statements().stream()
        .allMatch(
            s -> s instanceof Node.Text(int _, String text) && GoText.trimSpace(text).isEmpty());
  }

  /** Statements up to {@code end} or {@code else}. */
  private Items items() {
    if (++depth > TemplateLimits.NESTING_DEPTH_MAX) {
      throw pipes.nestedTooDeeply();
    }
    List<Node.Statement> statements = new ArrayList<>();
    int offset = tokens.peekNotSpace().offset();
    while (tokens.peekNotSpace().kind() != Kind.END_OF_TEXT) {
      Parsed parsed = textOrAction();
      if (!(parsed instanceof Parsed.Statement(var statement))) {
        depth--;
        return new Items(new Node.Block(offset, statements), parsed);
      }
      statements.add(statement);
    }
    throw pipes.error("unexpected EOF");
  }

  private Parsed textOrAction() {
    Token token = tokens.nextNotSpace();
    return switch (token.kind()) {
      case TEXT -> new Parsed.Statement(new Node.Text(token.offset(), token.text()));
      case LEFT_DELIMITER -> {
        pipes.startAction(token.line());
        Parsed parsed = action();
        pipes.endAction();
        yield parsed;
      }
      default -> throw pipes.unexpected(token, "input");
    };
  }

  /** What stands between the delimiters. */
  private Parsed action() {
    int start = tokens.position();
    Token token = tokens.nextNotSpace();
    return switch (token.kind()) {
      case BLOCK -> new Parsed.Statement(block());
      case BREAK -> {
        loopWord("{{break}}");
        yield new Parsed.Statement(new Node.Break(token.offset()));
      }
      case CONTINUE -> {
        loopWord("{{continue}}");
        yield new Parsed.Statement(new Node.Continue(token.offset()));
      }
      case ELSE -> elseWord();
      case END -> {
        pipes.expect(Kind.RIGHT_DELIMITER, "end");
        yield new Parsed.End();
      }
      case IF, WITH, RANGE -> new Parsed.Statement(control(token.kind()));
      case TEMPLATE -> new Parsed.Statement(invoke());
      default -> {
        tokens.moveTo(start);
        int offset = tokens.peekNotSpace().offset();
        Node.Pipe pipe = pipes.pipe("command", Kind.RIGHT_DELIMITER);
        yield new Parsed.Statement(new Node.Action(offset, pipe));
      }
    };
  }

  private void loopWord(String word) {
    Token token = tokens.nextNotSpace();
    if (token.kind() != Kind.RIGHT_DELIMITER) {
      throw pipes.unexpected(token, word);
    }
    if (rangeDepth == 0) {
      throw pipes.error(word + " outside {{range}}");
    }
  }

  private Parsed elseWord() {
    Kind next = tokens.peekNotSpace().kind();
    if (next != Kind.IF && next != Kind.WITH) {
      pipes.expect(Kind.RIGHT_DELIMITER, "else");
    }
    return new Parsed.Else();
  }

  private Node.Statement control(Kind kind) {
    String word = kind == Kind.IF ? "if" : kind == Kind.WITH ? "with" : "range";
    int variables = pipes.variableCount();
    Node.Pipe pipe = pipes.pipe(word, Kind.RIGHT_DELIMITER);
    rangeDepth += kind == Kind.RANGE ? 1 : 0;
    Items items = items();
    rangeDepth -= kind == Kind.RANGE ? 1 : 0;
    Node.Block otherwise = items.ended() instanceof Parsed.Else ? otherwise(kind) : null;
    pipes.dropVariables(variables);
    return switch (kind) {
      case IF -> new Node.If(pipe.offset(), pipe, items.block(), otherwise);
      case WITH -> new Node.With(pipe.offset(), pipe, items.block(), otherwise);
      default -> new Node.Range(pipe.offset(), pipe, items.block(), otherwise);
    };
  }

  /**
   * After {@code else}: the rest of an {@code else if}, which needs no end of its own, or a list
   * and its end.
   */
  private Node.Block otherwise(Kind kind) {
    Token next = tokens.peek();
    if (kind != Kind.RANGE && next.kind() == kind) {
      tokens.next();
      if (++depth > TemplateLimits.NESTING_DEPTH_MAX) {
        throw pipes.nestedTooDeeply();
      }
      Node.Statement nested = control(kind);
      depth--;
      return new Node.Block(next.offset(), List.of(nested));
    }
    Items items = items();
    if (!(items.ended() instanceof Parsed.End)) {
      throw pipes.error("expected end; found {{else}}");
    }
    return items.block();
  }

  /** {@code block "name" pipe}: defines a template and calls it. */
  private Node.Statement block() {
    String context = "block clause";
    Token quoted = tokens.nextNotSpace();
    String blockName = templateName(quoted, context);
    Node.Pipe pipe = pipes.pipe(context, Kind.RIGHT_DELIMITER);
    add(blockName, separateBlock(context));
    return new Node.Invoke(quoted.offset(), blockName, pipe);
  }

  private Node.Statement invoke() {
    String context = "template clause";
    Token quoted = tokens.nextNotSpace();
    String called = templateName(quoted, context);
    int afterName = tokens.position();
    Node.Pipe pipe = null;
    if (tokens.nextNotSpace().kind() != Kind.RIGHT_DELIMITER) {
      tokens.moveTo(afterName);
      pipe = pipes.pipe(context, Kind.RIGHT_DELIMITER);
    }
    return new Node.Invoke(quoted.offset(), called, pipe);
  }

  private String templateName(Token quoted, String context) {
    if (quoted.kind() != Kind.STRING && quoted.kind() != Kind.RAW_STRING) {
      throw pipes.unexpected(quoted, context);
    }
    return pipes.unquote(quoted);
  }

  /** What one step of the parser found. */
  private sealed interface Parsed {
    record Statement(Node.Statement statement) implements Parsed {}

    record End() implements Parsed {}

    record Else() implements Parsed {}
  }

  /** A list and the word that ended it. */
  private record Items(Node.Block block, @Nullable Parsed ended) {}
}
