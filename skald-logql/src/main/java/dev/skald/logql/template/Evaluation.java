package dev.skald.logql.template;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One execution: walks the statements and writes. Expressions are computed by {@link Expressions}.
 * Keeps the variables, the place where an error would be ({@link #at}), and the account of what is
 * spent.
 */
final class Evaluation implements Arguments.Surroundings {
  private final Template template;
  private final TemplateRow row;
  private final TemplateEnvironment environment;
  private final TemplateOutput out;
  private final Expressions expressions;
  private List<Variable> variables = new ArrayList<>();
  private @Nullable Node at;
  private String executing;
  private int walkDepth;
  private int callDepth;
  private long workLeft = TemplateLimits.WORK_MAX;

  Evaluation(
      Template template, TemplateRow row, TemplateEnvironment environment, TemplateOutput out) {
    this.template = template;
    this.row = row;
    this.environment = environment;
    this.out = out;
    this.executing = template.name();
    this.expressions = new Expressions(this);
  }

  /** How a list of statements ended. */
  private enum Flow {
    ON,
    BREAK,
    CONTINUE
  }

  private static final class Variable {
    final String name;
    Value value;

    Variable(String name, Value value) {
      this.name = name;
      this.value = value;
    }
  }

  void run() {
    Value dot = new Value.RowLabels(row);
    declare("$", dot);
    try {
      walk(dot, template.tree().root());
    } catch (TemplateFailure e) {
      throw error(e.getMessage());
    }
  }

  /** The short way for a template that is one field. */
  void runField(String name) {
    at(template.tree().root().statements().getFirst());
    String value = row.label(name);
    if (value != null) {
      try {
        out.append(value);
      } catch (TemplateFailure e) {
        throw error(e.getMessage());
      }
    }
  }

  /** From now on errors are about this node. */
  void at(Node node) {
    at = node;
    spend(1);
  }

  TemplateExecutionException error(String message) {
    Node node = at;
    if (node == null) {
      return new TemplateExecutionException("template: " + executing + ": " + message, work());
    }
    return new TemplateExecutionException(
        "template: "
            + template.location(node)
            + ": executing "
            + GoQuote.quote(executing)
            + " at <"
            + shortened(NodeText.of(node))
            + ">: "
            + shortened(message),
        work());
  }

  private static String shortened(String part) {
    int max = TemplateLimits.ERROR_PART_CHARS_MAX;
    return part.length() <= max ? part : part.substring(0, max) + "...";
  }

  /** What was spent so far. */
  long work() {
    return TemplateLimits.WORK_MAX - workLeft;
  }

  @Override
  public void spend(long work) {
    workLeft -= work;
    if (workLeft < 0) {
      throw error("too much work for one line: max=" + TemplateLimits.WORK_MAX);
    }
  }

  void enter() {
    if (++walkDepth > TemplateLimits.WALK_DEPTH_MAX) {
      throw error("nested too deeply: max=" + TemplateLimits.WALK_DEPTH_MAX);
    }
  }

  void leave() {
    walkDepth--;
  }

  void declare(String name, Value value) {
    variables.add(new Variable(name, value));
  }

  Value variable(String name) {
    return find(name).value;
  }

  void assign(String name, Value value) {
    find(name).value = value;
  }

  private Variable find(String name) {
    for (int i = variables.size() - 1; i >= 0; i--) {
      if (variables.get(i).name.equals(name)) {
        return variables.get(i);
      }
    }
    throw error("undefined variable: " + name);
  }

  private void dropVariables(int count) {
    variables.subList(count, variables.size()).clear();
  }

  private Flow walk(Value dot, Node.Block block) {
    enter();
    for (Node.Statement statement : block.statements()) {
      Flow flow = walk(dot, statement);
      if (flow != Flow.ON) {
        leave();
        return flow;
      }
    }
    leave();
    return Flow.ON;
  }

  private Flow walk(Value dot, Node.Statement statement) {
    at(statement);
    return switch (statement) {
      case Node.Text(int _, String text) -> {
        out.append(text);
        yield Flow.ON;
      }
      case Node.Action action -> {
        Value value = expressions.pipe(dot, action.pipe());
        if (action.pipe().declared().isEmpty()) {
          at(action);
          GoPrinter.printValue(out, value);
        }
        yield Flow.ON;
      }
      case Node.If branch -> ifOrWith(dot, branch.pipe(), branch.then(), branch.otherwise(), false);
      case Node.With branch ->
          ifOrWith(dot, branch.pipe(), branch.then(), branch.otherwise(), true);
      case Node.Range range -> range(dot, range);
      case Node.Invoke invoke -> invoke(dot, invoke);
      case Node.Break _ -> Flow.BREAK;
      case Node.Continue _ -> Flow.CONTINUE;
    };
  }

  private Flow ifOrWith(
      Value dot, Node.Pipe pipe, Node.Block then, Node.@Nullable Block otherwise, boolean moves) {
    int mark = variables.size();
    Value value = expressions.pipe(dot, pipe);
    Flow flow = Flow.ON;
    if (value.isTrue()) {
      flow = walk(moves ? value : dot, then);
    } else if (otherwise != null) {
      flow = walk(dot, otherwise);
    }
    dropVariables(mark);
    return flow;
  }

  private Flow range(Value dot, Node.Range range) {
    int mark = variables.size();
    Value value = expressions.pipe(dot, range.pipe()).unboxed();
    boolean ran =
        switch (value) {
          case Value.JsonArray(var elements) -> overList(range, elements);
          case Value.JsonObject(var members) -> overMap(range, members, true);
          case Value.RowLabels(var labels) -> overMap(range, texts(labels.labels()), false);
          case Value.Whole(long count, var type) -> overCount(range, count, type);
          case Value.Nil _ -> false;
          case Value.Text _, Value.Real _, Value.Truth _, Value.Moment _ ->
              throw error("range can't iterate over " + GoPrinter.print(this, value));
          case Value.Boxed _ -> throw new AssertionError("unboxed");
        };
    Node.Block otherwise = range.otherwise();
    Flow flow = Flow.ON;
    if (!ran && otherwise != null) {
      flow = walk(dot, otherwise);
    }
    dropVariables(mark);
    return flow;
  }

  private static Map<String, Value> texts(Map<String, String> labels) {
    Map<String, Value> sorted = new TreeMap<>(GoStrings.BYTE_ORDER);
    labels.forEach((name, value) -> sorted.put(name, new Value.Text(value)));
    return sorted;
  }

  private boolean overList(Node.Range range, List<Value> elements) {
    for (int i = 0; i < elements.size(); i++) {
      if (iteration(range, Value.ofInt(i), new Value.Boxed(elements.get(i))) == Flow.BREAK) {
        break;
      }
    }
    return !elements.isEmpty();
  }

  private boolean overMap(Node.Range range, Map<String, Value> members, boolean boxes) {
    for (var member : members.entrySet()) {
      Value value = boxes ? new Value.Boxed(member.getValue()) : member.getValue();
      if (iteration(range, new Value.Text(member.getKey()), value) == Flow.BREAK) {
        break;
      }
    }
    return !members.isEmpty();
  }

  private boolean overCount(Node.Range range, long count, Value.IntegerType type) {
    if (range.pipe().declared().size() > 1) {
      throw error("can't use " + count + " to iterate over more than one variable");
    }
    for (long i = 0; i < count; i++) {
      if (iteration(range, Value.Nil.NIL, new Value.Whole(i, type)) == Flow.BREAK) {
        break;
      }
    }
    return count > 0;
  }

  /**
   * One round of a loop. With one variable it gets the element, with two the first gets the index.
   */
  private Flow iteration(Node.Range range, Value index, Value element) {
    spend(1);
    int mark = variables.size();
    List<Node.Variable> declared = range.pipe().declared();
    if (!declared.isEmpty()) {
      setLoopVariable(range, declared.size() - 1, element);
    }
    if (declared.size() > 1) {
      setLoopVariable(range, 0, index);
    }
    Flow flow = walk(element, range.body());
    dropVariables(mark);
    return flow;
  }

  private void setLoopVariable(Node.Range range, int which, Value value) {
    assign(range.pipe().declared().get(which).names().getFirst(), value);
  }

  private Flow invoke(Value dot, Node.Invoke invoke) {
    Node.Block block = template.tree().blocks().get(invoke.name());
    if (block == null) {
      throw error("template " + GoQuote.quote(invoke.name()) + " not defined");
    }
    if (callDepth == TemplateLimits.CALL_DEPTH_MAX) {
      throw error("exceeded maximum template depth (" + TemplateLimits.CALL_DEPTH_MAX + ")");
    }
    Node.Pipe pipe = invoke.pipe();
    Value argument = pipe == null ? Value.Nil.NIL : expressions.pipe(dot, pipe);
    List<Variable> outerVariables = variables;
    String outerName = executing;
    variables = new ArrayList<>();
    declare("$", argument);
    executing = invoke.name();
    callDepth++;
    walk(argument, block);
    callDepth--;
    executing = outerName;
    variables = outerVariables;
    return Flow.ON;
  }

  @Override
  public TemplateRow row() {
    return row;
  }

  @Override
  public TemplateEnvironment environment() {
    return environment;
  }

  @Override
  public TemplateOutput newText() {
    return new TemplateOutput(out.bytesMax());
  }

  @Override
  public Pattern regex(String text) {
    return template.regexes().compile(text);
  }
}
