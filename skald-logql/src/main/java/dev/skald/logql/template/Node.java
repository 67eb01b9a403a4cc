package dev.skald.logql.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tree of a template. Each node knows where it starts, as an index of UTF-16 units into the
 * template's text.
 */
sealed interface Node {
  int offset();

  /** What stands in a list of statements. */
  sealed interface Statement extends Node {}

  /** What can be an argument of a command. */
  sealed interface Operand extends Node {}

  /** Text outside of {@code {{}}}. */
  record Text(int offset, String text) implements Statement {}

  /** {@code {{pipe}}}: prints the value, unless the pipe declares variables. */
  record Action(int offset, Pipe pipe) implements Statement {}

  record If(int offset, Pipe pipe, Block then, @Nullable Block otherwise) implements Statement {}

  record With(int offset, Pipe pipe, Block then, @Nullable Block otherwise) implements Statement {}

  record Range(int offset, Pipe pipe, Block body, @Nullable Block otherwise) implements Statement {}

  /** {@code {{template "name" pipe}}}. */
  record Invoke(int offset, String name, @Nullable Pipe pipe) implements Statement {}

  record Break(int offset) implements Statement {}

  record Continue(int offset) implements Statement {}

  record Block(int offset, List<Statement> statements) implements Node {
    public Block {
      statements = List.copyOf(statements);
    }
  }

  /**
   * Commands, each of which gets the value of the one before as its last argument.
   *
   * @param assigns {@code =} instead of {@code :=}
   */
  record Pipe(int offset, boolean assigns, List<Variable> declared, List<Command> commands)
      implements Operand {
    public Pipe {
      declared = List.copyOf(declared);
      commands = List.copyOf(commands);
    }
  }

  /** A word and its arguments; never empty. */
  record Command(int offset, List<Operand> arguments) implements Node {
    public Command {
      arguments = List.copyOf(arguments);
    }
  }

  /** {@code .a.b}; never empty. */
  record Field(int offset, List<String> names) implements Operand {
    public Field {
      names = List.copyOf(names);
    }
  }

  /** {@code $x.a.b}; the first name is {@code $x}. */
  record Variable(int offset, List<String> names) implements Operand {
    public Variable {
      names = List.copyOf(names);
    }
  }

  /** {@code (pipe).a.b} and {@code function.a.b}. */
  record Chain(int offset, Operand base, List<String> names) implements Operand {
    public Chain {
      names = List.copyOf(names);
    }
  }

  /** The name of a function. */
  record Identifier(int offset, String name) implements Operand {}

  record Dot(int offset) implements Operand {}

  record NilLiteral(int offset) implements Operand {}

  record BoolLiteral(int offset, boolean value) implements Operand {}

  record NumberLiteral(int offset, GoNumberLiteral number) implements Operand {}

  /** @param quoted as written */
  record StringLiteral(int offset, String quoted, String text) implements Operand {}
}
