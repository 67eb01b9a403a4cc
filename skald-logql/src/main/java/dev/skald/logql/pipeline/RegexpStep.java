package dev.skald.logql.pipeline;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.grep.RegexCapture;
import dev.skald.grep.RegexSyntaxException;
import java.util.Arrays;
import java.util.Map;

/**
 * {@code regexp "(?P<name>…)"}: the named groups of the first match become labels (spec logql.md
 * 6.6).
 */
final class RegexpStep implements Step {
  private final RowBatch batch;
  private final RegexCapture.Search search;
  private final FirstWins labels;

  /** Group numbers and name ids, by ascending group. */
  private final int[] groups;

  private final int[] nameIds;

  private RegexpStep(
      RowBatch batch, RegexCapture regex, Map<Integer, String> names, LabelDemand demand) {
    this.batch = batch;
    search = regex.newSearch();
    labels = new FirstWins(batch, demand);
    groups = names.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
    nameIds = Arrays.stream(groups).map(g -> batch.names().id(nameOf(names, g))).toArray();
  }

  private static String nameOf(Map<Integer, String> names, int group) {
    byte[] name = ByteSlice.utf8(names.getOrDefault(group, ""));
    return LabelNames.sanitize(name, 0, name.length);
  }

  /**
   * @throws SkaldException BAD_REQUEST if the expression does not compile
   */
  static Step.Source compile(String expression, LabelDemand demand) {
    RegexCapture regex;
    try {
      // RE2/J knows one of the two spellings of a named group; inside a class or behind a backslash
      // "(?<" is no group.
      regex = RegexCapture.compile(NamedGroups.normalize(expression));
    } catch (RegexSyntaxException e) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, e.getMessage(), e);
    }
    Map<Integer, String> names = NamedGroups.byNumber(regex.namedGroups());
    if (names.isEmpty()) {
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST,
          "invalid regexp parser: at least one named capture must be supplied");
    }
    return batch -> new RegexpStep(batch, regex, names, demand);
  }

  @Override
  public void apply(RowBatch theBatch) {
    theBatch.loadLines();
    for (int i = 0; i < theBatch.count(); i++) {
      read(theBatch.place(i));
    }
  }

  private void read(int place) {
    labels.begin(place);
    if (labels.isComplete()) {
      return;
    }
    byte[] line = batch.lineBytesAt(place);
    if (!search.find(line, batch.lineStartAt(place), batch.lineEndAt(place))) {
      return;
    }
    for (int i = 0; i < groups.length; i++) {
      int target = labels.target(nameIds[i]);
      if (target >= 0) {
        int from = Math.max(search.start(groups[i]), 0);
        int to = Math.max(search.end(groups[i]), 0);
        labels.add(target, line, from, to);
      }
    }
  }
}
