package dev.skald.logql.pipeline;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.grep.RegexSyntaxException;
import dev.skald.logql.syntax.Stage.Named;
import dev.skald.model.MatcherTest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code keep a, b="x"}: removes every label not listed, or listed with a value that it does not
 * have (6.14).
 */
final class KeepStep implements Step {
  /** A label to keep; {@code when} null: always. */
  private record Kept(int nameId, @Nullable MatcherTest when) {}

  private final RowBatch batch;
  private final List<Kept> labels;

  /** The rows of a stream come together; what is kept of its labels is found once. */
  private BaseLabels before = BaseLabels.NONE;

  private BaseLabels after = BaseLabels.NONE;

  private KeepStep(RowBatch batch, List<Kept> labels) {
    this.batch = batch;
    this.labels = List.copyOf(labels);
  }

  static Step.Source compile(List<Named> labels) {
    List<@Nullable MatcherTest> tests = new ArrayList<>();
    for (Named label : labels) {
      tests.add(
          switch (label) {
            case Named.Name _ -> null;
            case Named.Matching matching -> compile(matching);
          });
    }
    return batch -> {
      List<Kept> kept = new ArrayList<>();
      for (int i = 0; i < labels.size(); i++) {
        kept.add(new Kept(batch.names().id(labels.get(i).name()), tests.get(i)));
      }
      return new KeepStep(batch, kept);
    };
  }

  private static MatcherTest compile(Named.Matching label) {
    try {
      return MatcherTest.of(label.matcher());
    } catch (RegexSyntaxException e) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, e.getMessage(), e);
    }
  }

  @Override
  public void apply(RowBatch theBatch) {
    ParsedLabels parsed = theBatch.parsed();
    for (int i = 0; i < theBatch.count(); i++) {
      int place = theBatch.place(i);
      BaseLabels base = theBatch.base(place);
      if (base != before) {
        before = base;
        after = keepOf(base);
      }
      theBatch.setBase(place, after);
      int slot = parsed.first(place);
      while (slot >= 0) {
        int next = parsed.next(slot);
        int nameId = parsed.nameId(slot);
        if (nameId > NameTable.PRESERVE_ERROR && !isKept(nameId, slot, null)) {
          parsed.remove(place, nameId);
        }
        slot = next;
      }
    }
  }

  private BaseLabels keepOf(BaseLabels base) {
    BaseLabels left = base;
    for (int index = base.size() - 1; index >= 0; index--) {
      if (!isKept(base.nameId(index), -1, base.label(index).value())) {
        left = left.without(batch.names(), index);
      }
    }
    return left;
  }

  /** The value is {@code text}, or that of the parsed label {@code slot}. */
  private boolean isKept(int nameId, int slot, @Nullable String text) {
    for (Kept label : labels) {
      if (label.nameId == nameId) {
        if (label.when == null
            || label.when.test(text == null ? batch.parsed().text(slot) : text)) {
          return true;
        }
      }
    }
    return false;
  }
}
