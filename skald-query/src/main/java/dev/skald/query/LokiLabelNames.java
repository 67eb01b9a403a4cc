package dev.skald.query;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.QueryResult;
import dev.skald.model.ResultEntry;
import dev.skald.model.ResultStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loki reads the labels that it has printed, and cannot read names outside ASCII, which {@code label_format} can make
 * (spec logql.md 2.2).
 */
final class LokiLabelNames {
  private LokiLabelNames() {}

  /**
   * @throws SkaldException BAD_REQUEST for the first stream with such a name, by its labels
   */
  static void check(QueryResult.Streams answer) {
    @Nullable Labels first = null;
    for (ResultStream stream : answer.streams()) {
      for (ResultEntry entry : stream.entries()) {
        if (isUnreadable(entry)) {
          Labels labels = complete(stream.stream(), entry);
          first = first == null || labels.compareTo(first) < 0 ? labels : first;
        }
      }
    }
    if (first != null) {
      throw refusal(first.toString());
    }
  }

  private static Labels complete(Labels stream, ResultEntry entry) {
    List<Label> all = new ArrayList<>(stream.sorted());
    all.addAll(entry.structuredMetadata().sorted());
    all.addAll(entry.parsed().sorted());
    return Labels.of(all);
  }

  private static boolean isUnreadable(ResultEntry entry) {
    for (Label label : entry.parsed().sorted()) {
      if (!label.name().chars().allMatch(c -> c < 0x80)) {
        return true;
      }
    }
    return false;
  }

  private static SkaldException refusal(String labels) {
    int at = 0;
    boolean isQuoted = false;
    for (char c = labels.charAt(0); isQuoted || c < 0x80; c = labels.charAt(at)) {
      isQuoted ^= c == '"';
      at += isQuoted && c == '\\' ? 2 : 1;
    }
    return SkaldException.of(
        ErrorKind.BAD_REQUEST,
        "err while creating labelset for "
            + labels
            + ": 1:"
            + (labels.codePointCount(0, at) + 1)
            + ": parse error: unexpected character inside braces: '"
            + Character.toString(labels.codePointAt(at))
            + "'");
  }
}
