package dev.skald.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code skald <command>}: what can be done to Skald without a server. */
@Command(
    name = "skald",
    description = "Commands of the log database Skald.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {CheckCommand.class, InspectCommand.class})
public final class Main {
  /** Everything is as it must be. */
  static final int EXIT_SOUND = 0;

  /** The command ran and found damage. */
  static final int EXIT_DAMAGED = 1;

  /** The command was not understood, or could not run. */
  static final int EXIT_FAILED = 2;

  private Main() {}

  public static void main(String[] args) {
    // A command's findings are its output; that nothing writes logs here is meant.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    System.exit(
        run(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            args));
  }

  /** Runs a command; returns the exit status. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    return new CommandLine(new Main())
        .setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              command.getErr().println(command.getCommandName() + ": " + failure.getMessage());
              return EXIT_FAILED;
            })
        .execute(args);
  }
}
