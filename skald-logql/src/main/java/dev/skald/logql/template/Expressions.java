package dev.skald.logql.template;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Computes pipelines, commands and their arguments; the types of arguments are checked as Go checks
 * them.
 */
final class Expressions {
  private final Evaluation evaluation;

  Expressions(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  /** The value of the last command; declared variables get it too. */
  Value pipe(Value dot, Node.Pipe pipe) {
    evaluation.enter();
    evaluation.at(pipe);
    Value value = null;
    for (Node.Command command : pipe.commands()) {
      value = command(dot, command, value).unboxed();
    }
    Value result = value == null ? Value.Nil.NIL : value;
    for (Node.Variable variable : pipe.declared()) {
      String name = variable.names().getFirst();
      if (pipe.assigns()) {
        evaluation.assign(name, result);
      } else {
        evaluation.declare(name, result);
      }
    }
    evaluation.leave();
    return result;
  }

  /** @param piped value of the command before; null: there is none */
  private Value command(Value dot, Node.Command command, @Nullable Value piped) {
    Node.Operand first = command.arguments().getFirst();
    List<Node.Operand> arguments = command.arguments().subList(1, command.arguments().size());
    return switch (first) {
      case Node.Field field -> {
        evaluation.at(field);
        yield fields(dot, dot, field.names(), arguments, piped, field);
      }
      case Node.Chain chain -> chain(dot, chain, arguments, piped);
      case Node.Identifier identifier -> {
        evaluation.at(identifier);
        yield function(dot, identifier, command, arguments, piped);
      }
      case Node.Pipe inner -> {
        requireNoArguments(first, arguments, piped);
        yield pipe(dot, inner);
      }
      case Node.Variable variable -> variable(dot, variable, arguments, piped);
      case Node.Dot _ -> {
        evaluation.at(first);
        requireNoArguments(first, arguments, piped);
        yield dot;
      }
      case Node.NilLiteral _ -> {
        evaluation.at(first);
        requireNoArguments(first, arguments, piped);
        throw evaluation.error("nil is not a command");
      }
      case Node.BoolLiteral _, Node.NumberLiteral _, Node.StringLiteral _ -> {
        evaluation.at(first);
        requireNoArguments(first, arguments, piped);
        yield literal(first);
      }
    };
  }

  private void requireNoArguments(
      Node.Operand first, List<Node.Operand> arguments, @Nullable Value piped) {
    if (!arguments.isEmpty() || piped != null) {
      throw evaluation.error("can't give argument to non-function " + NodeText.of(first));
    }
  }

  private Value literal(Node.Operand operand) {
    return switch (operand) {
      case Node.BoolLiteral literal -> Value.of(literal.value());
      case Node.StringLiteral literal -> new Value.Text(literal.text());
      case Node.NumberLiteral literal -> number(literal.number());
      default -> throw evaluation.error("can't evaluate " + NodeText.of(operand));
    };
  }

  /** A number where any type will do. */
  private Value number(GoNumberLiteral number) {
    if (number.prefersFloat()) {
      return new Value.Real(number.real());
    }
    if (number.isInteger()) {
      return Value.ofInt(number.integer());
    }
    throw evaluation.error(number.text() + " overflows int");
  }

  private Value variable(
      Value dot, Node.Variable variable, List<Node.Operand> arguments, @Nullable Value piped) {
    evaluation.at(variable);
    Value value = evaluation.variable(variable.names().getFirst());
    if (variable.names().size() == 1) {
      requireNoArguments(variable, arguments, piped);
      return value;
    }
    List<String> names = variable.names().subList(1, variable.names().size());
    return fields(dot, value, names, arguments, piped, variable);
  }

  private Value chain(
      Value dot, Node.Chain chain, List<Node.Operand> arguments, @Nullable Value piped) {
    evaluation.at(chain);
    Value base = argument(dot, chain.base(), null);
    return fields(dot, base, chain.names(), arguments, piped, chain);
  }

  /** One field after the other; the last one gets the arguments, in case it is a method. */
  private Value fields(
      Value dot,
      Value receiver,
      List<String> names,
      List<Node.Operand> arguments,
      @Nullable Value piped,
      Node node) {
    Value value = receiver;
    for (int i = 0; i < names.size() - 1; i++) {
      value = field(dot, value, names.get(i), List.of(), null, node);
    }
    return field(dot, value, names.getLast(), arguments, piped, node);
  }

  private Value field(
      Value dot,
      Value receiver,
      String name,
      List<Node.Operand> arguments,
      @Nullable Value piped,
      Node node) {
    if (receiver instanceof Value.Nil) {
      return Value.Nil.NIL;
    }
    Value inner = receiver.unboxed();
    if (inner instanceof Value.Nil) {
      throw evaluation.error("nil pointer evaluating " + receiver.typeName() + "." + name);
    }
    TemplateFunction method = GoMethods.find(inner, name);
    if (method != null) {
      return call(dot, method, node, arguments, piped);
    }
    boolean hasArguments = !arguments.isEmpty() || piped != null;
    if (inner instanceof Value.RowLabels || inner instanceof Value.JsonObject) {
      if (hasArguments) {
        throw evaluation.error(name + " is not a method but has arguments");
      }
    }
    return switch (inner) {
      case Value.RowLabels(TemplateRow row) -> {
        String value = row.label(name);
        yield new Value.Text(value == null ? "" : value);
      }
      case Value.JsonObject(var members) ->
          new Value.Boxed(members.getOrDefault(name, Value.Nil.NIL));
      default ->
          throw evaluation.error(
              "can't evaluate field " + name + " in type " + receiver.typeName());
    };
  }

  private Value function(
      Value dot,
      Node.Identifier identifier,
      Node node,
      List<Node.Operand> arguments,
      @Nullable Value piped) {
    TemplateFunction function = TemplateFunctions.find(identifier.name());
    if (function == null) {
      throw evaluation.error(GoQuote.quote(identifier.name()) + " is not a defined function");
    }
    return call(dot, function, node, arguments, piped);
  }

  /** @param node what an error of the function is about */
  private Value call(
      Value dot,
      TemplateFunction function,
      Node node,
      List<Node.Operand> arguments,
      @Nullable Value piped) {
    requireArity(function, arguments.size(), piped);
    if (function.equals(BuiltinFunctions.AND) || function.equals(BuiltinFunctions.OR)) {
      return shortCircuit(dot, function.equals(BuiltinFunctions.OR), arguments, piped);
    }
    List<Value> values = new ArrayList<>(arguments.size() + 1);
    for (int i = 0; i < arguments.size(); i++) {
      values.add(argument(dot, arguments.get(i), function.typeAt(i)));
    }
    if (piped != null) {
      values.add(admit(piped, function.typeAt(values.size())));
    }
    if (function.equals(BuiltinFunctions.CALL)) {
      String callee =
          arguments.isEmpty()
              ? GoPrinter.print(evaluation, values.getFirst())
              : NodeText.of(arguments.getFirst());
      values.addFirst(new Value.Text(callee));
    }
    values.forEach(this::spendOn);
    Value result;
    try {
      result = function.body().call(new Arguments(values, evaluation));
    } catch (TemplateFailure e) {
      evaluation.at(node);
      throw evaluation.error("error calling " + function.name() + ": " + e.getMessage());
    }
    spendOn(result);
    return result;
  }

  private void spendOn(Value value) {
    if (value instanceof Value.Text(String text)) {
      evaluation.spend(text.length() / TemplateLimits.TEXT_BYTES_PER_WORK);
    }
  }

  private void requireArity(TemplateFunction function, int arguments, @Nullable Value piped) {
    int given = arguments + (piped == null ? 0 : 1);
    int wanted = function.parameters().size();
    if (function.rest() == null && given != wanted) {
      throw evaluation.error(
          "wrong number of args for " + function.name() + ": want " + wanted + " got " + given);
    }
    if (given < wanted) {
      // Go counts without the piped one here.
      throw evaluation.error(
          "wrong number of args for "
              + function.name()
              + ": want at least "
              + wanted
              + " got "
              + arguments);
    }
  }

  /** {@code and} and {@code or}: the first argument that decides, else the last. */
  private Value shortCircuit(
      Value dot, boolean stopsAt, List<Node.Operand> arguments, @Nullable Value piped) {
    Value value = Value.Nil.NIL;
    for (Node.Operand argument : arguments) {
      value = argument(dot, argument, GoType.REFLECTED);
      if (value.isTrue() == stopsAt) {
        return value;
      }
    }
    return piped == null ? value : admit(piped, GoType.REFLECTED);
  }

  private Value admit(Value value, @Nullable GoType type) {
    if (type == null) {
      return value;
    }
    try {
      return type.admit(value);
    } catch (TemplateFailure e) {
      throw evaluation.error(e.getMessage());
    }
  }

  /** @param type null: any, a box included */
  private Value argument(Value dot, Node.Operand operand, @Nullable GoType type) {
    evaluation.at(operand);
    return switch (operand) {
      case Node.Dot _ -> admit(dot, type);
      case Node.NilLiteral _ -> {
        if (type == null) {
          throw evaluation.error("indirection through explicit nil in nil");
        }
        if (!type.acceptsNil()) {
          throw evaluation.error("cannot assign nil to " + type.goName);
        }
        yield Value.Nil.NIL;
      }
      case Node.Field field -> admit(fields(dot, dot, field.names(), List.of(), null, field), type);
      case Node.Variable variable -> admit(variable(dot, variable, List.of(), null), type);
      case Node.Pipe pipe -> admit(pipe(dot, pipe), type);
      case Node.Identifier identifier ->
          admit(function(dot, identifier, identifier, List.of(), null), type);
      case Node.Chain chain -> admit(chain(dot, chain, List.of(), null), type);
      case Node.BoolLiteral _, Node.NumberLiteral _, Node.StringLiteral _ ->
          literalArgument(operand, type == null ? GoType.ANY : type);
    };
  }

  private Value literalArgument(Node.Operand operand, GoType type) {
    String found = NodeText.of(operand);
    return switch (type) {
      case ANY, REFLECTED -> literal(operand);
      case STRING -> {
        if (operand instanceof Node.StringLiteral literal) {
          yield new Value.Text(literal.text());
        }
        throw evaluation.error("expected string; found " + found);
      }
      case INT, DURATION -> {
        if (operand instanceof Node.NumberLiteral literal && literal.number().isInteger()) {
          Value.IntegerType integer =
              type == GoType.INT ? Value.IntegerType.INT : Value.IntegerType.DURATION;
          yield new Value.Whole(literal.number().integer(), integer);
        }
        throw evaluation.error("expected integer; found " + found);
      }
      case FLOAT -> {
        if (operand instanceof Node.NumberLiteral literal && literal.number().isFloat()) {
          yield new Value.Real(literal.number().real());
        }
        throw evaluation.error("expected float; found " + found);
      }
      case TIME -> throw evaluation.error("can't handle " + found + " for arg of type time.Time");
    };
  }
}
