package dev.skald.config;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with a configuration, all of it, so that a user mends a file once. Not for several threads. */
public final class Problems {
  /** More than anyone reads at once. */
  private static final int SHOWN_MAX = 20;

  private final Set<String> texts = new LinkedHashSet<>();

  /** Notes one, with where it is. */
  public void add(Origin origin, String text) {
    texts.add(origin + ": " + text);
  }

  /** Notes a value that does not fit its key. */
  public void mismatch(ConfigValue value, String path, String expected) {
    add(value.origin(), path + ": found " + describe(value) + ", expected " + expected);
  }

  /** How many were noted. */
  public int count() {
    return texts.size();
  }

  /**
   * Ends the reading if anything was noted.
   *
   * @throws SkaldException of kind BAD_REQUEST with one line per problem
   */
  public void throwIfAny() {
    if (texts.isEmpty()) {
      return;
    }
    List<String> shown = new ArrayList<>(texts);
    if (shown.size() > SHOWN_MAX) {
      String more = "and " + (shown.size() - SHOWN_MAX) + " more";
      shown = new ArrayList<>(shown.subList(0, SHOWN_MAX));
      shown.add(more);
    }
    throw SkaldException.of(ErrorKind.BAD_REQUEST, String.join("\n", shown));
  }

  private static String describe(ConfigValue value) {
    return switch (value) {
      case ConfigValue.Scalar scalar -> '"' + scalar.text() + '"';
      case ConfigValue.Sequence _ -> "a list";
      case ConfigValue.Mapping _ -> "a map";
    };
  }
}
