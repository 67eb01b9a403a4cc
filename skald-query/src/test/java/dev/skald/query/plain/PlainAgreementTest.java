package dev.skald.query.plain;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.property.ForAll;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The engine over a store answers as the plain path does. {@code -Dskald.pairs} says how many pairs
 * of a query and data are tried; {@code -Dskald.seed} repeats the data of a failure with all its
 * queries.
 */
final class PlainAgreementTest {
  private static final int PAIRS_DEFAULT = 10_000;
  private static final int QUERIES_PER_DATA = 100;

  /** From so many pairs on, their kinds are as frequent as they are meant to be. */
  private static final int SAMPLE_MIN = 5_000;

  private int asked;
  private int open;
  private int empty;
  private int failed;

  @Test
  void engineAnswersAsThePlainPath() {
    int pairs = Integer.getInteger("skald.pairs", PAIRS_DEFAULT);
    ForAll.forAll(Math.ceilDiv(pairs, QUERIES_PER_DATA), this::check);
    String counts = "asked=" + asked + " open=" + open + " empty=" + empty + " failed=" + failed;
    boolean isSample = asked >= SAMPLE_MIN;
    assertTrue(
        !isSample || (open <= asked / 10 && empty <= asked / 2 && failed <= asked / 10), counts);
  }

  private void check(Random random) throws IOException {
    List<PlainEntry> entries = RandomEntries.of(random);
    long cuts = random.nextLong();
    try (StoreUnderTest memory = StoreUnderTest.filled(StoreUnderTest.Kind.MEMORY, entries, cuts);
        StoreUnderTest disk = StoreUnderTest.filled(StoreUnderTest.Kind.DISK, entries, cuts)) {
      for (int i = 0; i < QUERIES_PER_DATA; i++) {
        Question question = Question.random(random);
        Outcome plain = PlainAnswer.of(question, entries);
        count(plain);
        report(question, entries, plain, memory, StoreUnderTest.Kind.MEMORY, cuts);
        report(question, entries, plain, disk, StoreUnderTest.Kind.DISK, cuts);
      }
    }
  }

  private void count(Outcome plain) {
    asked++;
    switch (plain) {
      case Outcome.Open _ -> open++;
      case Outcome.Failed _ -> failed++;
      case Outcome.Rows(var rows) -> empty += rows.isEmpty() ? 1 : 0;
      case Outcome.Vectors(var vectors) ->
          empty += vectors.stream().allMatch(PlainAgreementTest::isEmpty) ? 1 : 0;
      case Outcome.Answer _ -> throw new IllegalStateException("not of the plain path");
    }
  }

  private static boolean isEmpty(PlainVector vector) {
    return vector instanceof PlainVector.Elements(var list) && list.isEmpty();
  }

  private static void report(
      Question question,
      List<PlainEntry> entries,
      Outcome plain,
      StoreUnderTest store,
      StoreUnderTest.Kind kind,
      long cuts)
      throws IOException {
    if (Agreement.difference(question, plain, store.ask(question)).isEmpty()) {
      return;
    }
    List<PlainEntry> few = fewest(question, entries, kind, cuts);
    StringBuilder text = new StringBuilder("the engine disagrees, store " + kind);
    text.append("\nquery: ").append(question.query()).append("\n").append(question.params());
    text.append("\ndifference: ").append(difference(question, few, kind, cuts));
    text.append("\nplain: ").append(OutcomeText.of(PlainAnswer.of(question, few)));
    try (StoreUnderTest again = StoreUnderTest.filled(kind, few, cuts)) {
      text.append("\nengine: ").append(OutcomeText.of(again.ask(question)));
    }
    text.append("\nentries, in order of arrival:");
    few.forEach(entry -> text.append("\n  ").append(entry));
    throw new AssertionError(text.append('\n').toString());
  }

  private static String difference(
      Question question, List<PlainEntry> entries, StoreUnderTest.Kind kind, long cuts)
      throws IOException {
    try (StoreUnderTest store = StoreUnderTest.filled(kind, entries, cuts)) {
      return Agreement.difference(question, PlainAnswer.of(question, entries), store.ask(question));
    }
  }

  /** Leaves out ever smaller parts as long as the answers differ. */
  private static List<PlainEntry> fewest(
      Question question, List<PlainEntry> entries, StoreUnderTest.Kind kind, long cuts)
      throws IOException {
    List<PlainEntry> few = entries;
    for (int part = entries.size() / 2; part > 0; part /= 2) {
      for (int from = 0; from < few.size(); ) {
        List<PlainEntry> fewer = new ArrayList<>(few);
        fewer.subList(from, Math.min(few.size(), from + part)).clear();
        if (difference(question, fewer, kind, cuts).isEmpty()) {
          from += part;
        } else {
          few = fewer;
        }
      }
    }
    return few;
  }
}
