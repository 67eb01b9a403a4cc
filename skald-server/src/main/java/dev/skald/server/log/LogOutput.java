package dev.skald.server.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Where and how log lines are written. One per process. */
public final class LogOutput {
  /** How a line looks. */
  public enum Format {
    LOGFMT,
    JSON
  }

  /** Held here, because the JDK forgets loggers that nobody holds, and their levels with them. */
  private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

  private static final Logger ROOT = Logger.getLogger("");

  private LogOutput() {}

  /** Sends everything to standard error. */
  public static void install(String level, Format format) {
    LogManager.getLogManager().reset();
    Handler handler = new ConsoleHandler();
    handler.setLevel(Level.ALL);
    handler.setFormatter(
        switch (format) {
          case LOGFMT -> new Logfmt();
          case JSON -> new Json();
        });
    ROOT.addHandler(handler);
    setLevel(level);
    JETTY.setLevel(Level.WARNING);
  }

  /** What is written now: {@code debug}, {@code info}, {@code warn} or {@code error}. */
  public static String level() {
    Level level = ROOT.getLevel();
    return level(level == null ? Level.INFO : level);
  }

  /**
   * {@code debug}, {@code info}, {@code warn} or {@code error}.
   *
   * @throws IllegalArgumentException for any other, with the text that clients see
   */
  public static void setLevel(String level) {
    ROOT.setLevel(
        switch (level) {
          case "debug" -> Level.FINE;
          case "info" -> Level.INFO;
          case "warn" -> Level.WARNING;
          case "error" -> Level.SEVERE;
          default -> throw new IllegalArgumentException("unrecognized log level \"" + level + "\"");
        });
  }

  private static String level(LogRecord record) {
    return level(record.getLevel());
  }

  private static String level(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return "error";
    }
    if (value >= Level.WARNING.intValue()) {
      return "warn";
    }
    return value >= Level.INFO.intValue() ? "info" : "debug";
  }

  private static String room(LogRecord record) {
    String name = String.valueOf(record.getLoggerName());
    return name.startsWith("dev.skald.") ? name.substring("dev.skald.".length()) : name;
  }

  /** The stack of a failure; empty if there is none. */
  private static String stack(LogRecord record) {
    if (record.getThrown() == null) {
      return "";
    }
    StringWriter text = new StringWriter();
    record.getThrown().printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }

  private static Instant time(LogRecord record) {
    return record.getInstant().truncatedTo(java.time.temporal.ChronoUnit.MICROS);
  }

  private static final class Logfmt extends Formatter {
    @Override
    public String format(LogRecord record) {
      String stack = stack(record);
      return "level="
          + level(record)
          + " ts="
          + time(record)
          + " caller="
          + room(record)
          + " msg="
          + Quoting.logfmt(formatMessage(record))
          + (stack.isEmpty() ? "" : " err=" + Quoting.json(stack))
          + "\n";
    }
  }

  private static final class Json extends Formatter {
    @Override
    public String format(LogRecord record) {
      String stack = stack(record);
      return "{\"level\":\""
          + level(record)
          + "\",\"ts\":\""
          + time(record)
          + "\",\"caller\":"
          + Quoting.json(room(record))
          + ",\"msg\":"
          + Quoting.json(formatMessage(record))
          + (stack.isEmpty() ? "" : ",\"err\":" + Quoting.json(stack))
          + "}\n";
    }
  }
}
