package dev.skald.logql.pipeline;

import dev.skald.logql.template.Template;

/** {@code line_format "{{.msg}}"}: a template's text becomes the line (spec logql.md 6.10). */
final class LineFormatStep implements Step {
  /** As templates call a single field that they do not resolve. */
  private static final int NO_FIELD = -1;

  private final Template template;
  private final TemplateStage stage;

  /** The label that the whole template names, so that its bytes are the line as they are. */
  private final int fieldId;

  private final ByteSlice value = new ByteSlice();

  LineFormatStep(RowBatch batch, Template template, PipelineLimits limits) {
    this.template = template;
    stage = new TemplateStage(batch, limits);
    String field = template.soleField();
    int id = field == null ? NO_FIELD : batch.names().id(field);
    fieldId = id == NameTable.ERROR || id == NameTable.ERROR_DETAILS ? NO_FIELD : id;
  }

  @Override
  public void apply(RowBatch batch) {
    batch.loadLines();
    for (int i = 0; i < batch.count(); i++) {
      int place = batch.place(i);
      if (fieldId == NO_FIELD) {
        byte[] line = stage.execute(template, place);
        if (line != null) {
          batch.setLine(place, line, 0, line.length);
        }
      } else if (batch.find(place, fieldId, value)) {
        batch.setLine(place, value.bytes, value.start, value.end);
      } else {
        batch.setLine(place, ByteSlice.NO_BYTES, 0, 0);
      }
    }
  }
}
