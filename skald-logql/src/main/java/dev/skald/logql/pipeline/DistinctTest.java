package dev.skald.logql.pipeline;

import dev.skald.logql.pipeline.RowBatch.PlaceTest;

/**
 * A question to the bytes of a label's value, other than an error's, that depends on nothing else: asked once for each
 * distinct value of a column that is kept as a dictionary.
 */
abstract class DistinctTest implements PlaceTest {
  private static final byte YES = 1;
  private static final byte NO = 2;

  private final RowBatch batch;
  private final int nameId;
  private final boolean ofMissing;
  private final int number;
  private final ByteSlice value = new ByteSlice();

  /**
   * @param ofMissing the answer where there is no such label
   */
  DistinctTest(RowBatch batch, int nameId, boolean ofMissing) {
    this.batch = batch;
    this.nameId = nameId;
    this.ofMissing = ofMissing;
    number = batch.newTest();
  }

  abstract boolean test(byte[] bytes, int start, int end);

  @Override
  public boolean test(int place) {
    ParsedLabels parsed = batch.parsed();
    int slot = parsed.find(place, nameId);
    LabelColumn column = slot < 0 ? null : parsed.column(slot);
    if (column == null || column.distinctCount() == 0) {
      return batch.find(place, nameId, value)
          ? test(value.bytes, value.start, value.end)
          : ofMissing;
    }
    byte[] verdicts = column.verdicts(number);
    int ordinal = column.ordinal(parsed.position(slot));
    if (verdicts[ordinal] == LabelColumn.UNKNOWN) {
      byte[] bytes = column.distinct(ordinal, parsed);
      verdicts[ordinal] = test(bytes, 0, bytes.length) ? YES : NO;
    }
    return verdicts[ordinal] == YES;
  }
}
