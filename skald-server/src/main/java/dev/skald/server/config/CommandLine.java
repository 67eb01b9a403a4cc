package dev.skald.server.config;

import dev.skald.config.ConfigValue.Mapping;
import dev.skald.config.ConfigValue.Scalar;
import dev.skald.config.Origin;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The flags of the server, as Loki's users write them: one dash or two, {@code -flag=value} or {@code -flag value}; a
 * boolean flag alone is true and needs {@code =} for false. Any key's own flag sets that key over all files.
 *
 * @param action what to do
 * @param configFiles files in order, a later one over an earlier; empty if the flag was not given, or given empty
 * @param noConfigFile {@code -config.file=}: no file is looked for
 * @param expandEnv put environment variables into the files
 * @param printConfig print the effective configuration to stderr before starting
 * @param logConfig log the effective configuration, last line first
 * @param rootDirectory what the files' absolute paths move below; "" if nothing
 * @param healthUrl what {@code -health} asks
 * @param settings the keys that flags set
 * @param warnings flags of earlier releases that do nothing
 */
public record CommandLine(
    Action action,
    List<String> configFiles,
    boolean noConfigFile,
    boolean expandEnv,
    boolean printConfig,
    boolean logConfig,
    String rootDirectory,
    String healthUrl,
    Mapping settings,
    List<String> warnings) {
  /** The process's exit code when flags are wrong, and after {@link Action#HELP}. */
  public static final int USAGE_EXIT_CODE = 2;

  /** What the process is to do; all but {@link #RUN} end by themselves. */
  public enum Action {
    RUN,
    /** Load and check the configuration. */
    VERIFY,
    /** Print {@link CommandLine#usage()} to stdout, exit with {@link #USAGE_EXIT_CODE}. */
    HELP,
    VERSION,
    LIST_TARGETS,
    /** Ask {@link #healthUrl} whether a server is ready. */
    HEALTH
  }

  static final String DEFAULT_HEALTH_URL = "http://localhost:3100/ready";

  public CommandLine {
    configFiles = List.copyOf(configFiles);
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads the flags.
   *
   * @throws SkaldException of kind BAD_REQUEST for an unknown flag, a flag without its value, or an argument that is
   *     no flag; the process then ends with {@link #USAGE_EXIT_CODE}
   */
  public static CommandLine parse(String... args) {
    return new Parser().parse(args);
  }

  /** What {@code -help} prints: every flag with its default. */
  public static String usage() {
    return Flags.usage();
  }

  /** Reads one command line. */
  private static final class Parser {
    private Action action = Action.RUN;
    private final List<String> configFiles = new ArrayList<>();
    private boolean configFileGiven;
    private boolean expandEnv;
    private boolean printConfig;
    private boolean logConfig;
    private String rootDirectory = "";
    private String healthUrl = DEFAULT_HEALTH_URL;
    private Mapping settings = Mapping.empty(Origin.of("command line"));
    private final List<String> warnings = new ArrayList<>();

    CommandLine parse(String[] args) {
      for (int at = 0; at < args.length; at++) {
        String arg = args[at];
        if (!arg.startsWith("-") || arg.equals("-") || arg.equals("--")) {
          throw wrong("unexpected argument: " + arg);
        }
        String text = arg.substring(arg.startsWith("--") ? 2 : 1);
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        String value = equals < 0 ? null : text.substring(equals + 1);
        Flags.Kind kind = Flags.kind(name);
        if (kind == Flags.Kind.UNKNOWN) {
          throw wrong("flag provided but not defined: -" + name);
        }
        if (value == null && kind == Flags.Kind.BOOLEAN) {
          value = "true";
        } else if (value == null) {
          if (++at == args.length) {
            throw wrong("flag needs an argument: -" + name);
          }
          value = args[at];
        }
        take(name, value);
      }
      boolean none = configFileGiven && configFiles.isEmpty();
      return new CommandLine(
          action,
          configFiles,
          none,
          expandEnv,
          printConfig,
          logConfig,
          rootDirectory,
          healthUrl,
          settings,
          warnings);
    }

    private void take(String name, String value) {
      switch (name) {
        case "config.file" -> {
          configFileGiven = true;
          for (String file : value.split(",")) {
            if (!file.isBlank()) {
              configFiles.add(file.strip());
            }
          }
        }
        case "config.expand-env" -> expandEnv = bool(name, value);
        case "print-config-stderr" -> printConfig = bool(name, value);
        case "log-config-reverse-order" -> logConfig = bool(name, value);
        case "root-directory" -> rootDirectory = value;
        case "health.url" -> healthUrl = value;
        case "health" -> act(Action.HEALTH, bool(name, value));
        case "verify-config" -> act(Action.VERIFY, bool(name, value));
        case "list-targets" -> act(Action.LIST_TARGETS, bool(name, value));
        case "version" -> act(Action.VERSION, bool(name, value));
        case "help", "h" -> act(Action.HELP, true);
        default -> set(name, value);
      }
    }

    private void act(Action wanted, boolean on) {
      if (on) {
        action = wanted;
      }
    }

    private void set(String name, String value) {
      String path = Flags.pathOf(name);
      if (path == null) {
        if (Flags.isObsolete(name)) {
          warnings.add("flag \"-" + name + "\" is obsolete and ignored");
        }
        return;
      }
      String before = Flags.isList(path) ? settings.textAt(path) : null;
      String text = before == null ? value : before + "," + value;
      settings = settings.with(path, Scalar.plain(text, Origin.of("flag -" + name)));
    }

    private static boolean bool(String name, String value) {
      return switch (value) {
        case "true", "1", "t", "T", "TRUE", "True" -> true;
        case "false", "0", "f", "F", "FALSE", "False" -> false;
        default -> throw wrong("invalid boolean value \"%s\" for -%s".formatted(value, name));
      };
    }

    private static SkaldException wrong(@Nullable String problem) {
      return SkaldException.of(
          ErrorKind.BAD_REQUEST, problem + "\nRun with -help to get list of available parameters");
    }
  }
}
