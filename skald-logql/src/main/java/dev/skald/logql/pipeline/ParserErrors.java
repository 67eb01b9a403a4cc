package dev.skald.logql.pipeline;

import org.jspecify.annotations.Nullable;

/** The error states that stages set (spec logql.md 5.2). */
final class ParserErrors {
  static final String JSON = "JSONParserErr";
  static final String LOGFMT = "LogfmtParserErr";
  static final String SAMPLE_EXTRACTION = "SampleExtractionErr";
  static final String LABEL_FILTER = "LabelFilterErr";
  static final String TEMPLATE = "TemplateFormatErr";

  private static final byte[] TRUE = ByteSlice.utf8("true");

  private ParserErrors() {}

  /**
   * Whether parser errors come with {@code __preserve_error__}: the query's grouping is known and
   * something asks for {@code __error__}, so the error is meant to be seen and must not fail the
   * query.
   */
  static boolean arePreserved(LabelDemand demand) {
    return !demand.isAll() && demand.needs(NameTable.ERROR_NAME);
  }

  /** Sets a parser's error, over any error before. */
  static void set(
      RowBatch batch, int place, String error, @Nullable String details, boolean isPreserved) {
    batch.setError(place, error, details);
    if (isPreserved) {
      batch.set(place, NameTable.PRESERVE_ERROR, TRUE, 0, TRUE.length);
    }
  }
}
