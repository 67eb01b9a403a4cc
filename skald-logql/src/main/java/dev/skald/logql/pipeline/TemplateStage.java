package dev.skald.logql.pipeline;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.template.LabelUse;
import dev.skald.logql.template.Template;
import dev.skald.logql.template.TemplateEnvironment;
import dev.skald.logql.template.TemplateExecutionException;
import dev.skald.logql.template.TemplateOutput;
import dev.skald.logql.template.TemplateRow;
import dev.skald.logql.template.TemplateSyntaxException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Templates at work on the rows of a batch, shared by {@code line_format} and {@code label_format}.
 */
final class TemplateStage {
  /** Work for which the budget is asked at once. */
  private static final long WORK_STEP = 1 << 14;

  /** Units that a template may spend on a row, besides one for each byte of its line. */
  private static final long WORK_PER_ROW = 500;

  private final Row row;
  private final TemplateEnvironment environment;
  private final TemplateOutput output;
  private long work;
  private long allowed;

  TemplateStage(RowBatch batch, PipelineLimits limits) {
    row = new Row(batch);
    environment = new TemplateEnvironment(limits.clock(), limits.zone());
    output = new TemplateOutput(limits.templateOutputBytesMax());
  }

  /**
   * @param name as messages call it: {@code line} or {@code label}
   * @throws SkaldException BAD_REQUEST if the text is no template
   */
  static Template parse(String name, String text) {
    try {
      return Template.parse(name, text);
    } catch (TemplateSyntaxException e) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, e.getMessage(), e);
    }
  }

  /** This demand and what a template reads. */
  static LabelDemand plus(LabelDemand demand, Template template) {
    return switch (template.labelsUsed()) {
      case LabelUse.All _ -> LabelDemand.ALL;
      case LabelUse.Names used -> demand.plus(used.names());
    };
  }

  /** What a template makes of a row; null if it fails: the row has the error then. */
  byte @Nullable [] execute(Template template, int place) {
    row.place = place;
    output.clear();
    try {
      work += template.execute(row, environment, output);
      byte[] text = ByteSlice.utf8(output.text());
      row.batch.hold(text.length);
      return text;
    } catch (TemplateExecutionException e) {
      work += e.work();
      row.batch.setError(place, ParserErrors.TEMPLATE, e.getMessage());
      row.batch.hold(e.getMessage().length());
      return null;
    } finally {
      allowed += WORK_PER_ROW + row.batch.lineEndAt(place) - row.batch.lineStartAt(place);
      if (work >= WORK_STEP) {
        row.batch.budget().spend(work, allowed);
        work = 0;
        allowed = 0;
      }
    }
  }

  /** A row as templates see it. */
  private static final class Row implements TemplateRow {
    private final RowBatch batch;
    private int place;

    Row(RowBatch batch) {
      this.batch = batch;
    }

    @Override
    public @Nullable String label(String name) {
      int id = batch.names().known(name);
      return id < 0 ? null : batch.text(place, id);
    }

    @Override
    public Map<String, String> labels() {
      Map<String, String> all = new HashMap<>();
      BaseLabels base = batch.base(place);
      for (int i = 0; i < base.size(); i++) {
        all.put(base.label(i).name(), base.label(i).value());
      }
      ParsedLabels parsed = batch.parsed();
      for (int slot = parsed.first(place); slot >= 0; slot = parsed.next(slot)) {
        all.put(parsed.name(slot), parsed.text(slot));
      }
      put(all, NameTable.ERROR_NAME, batch.error(place));
      put(all, NameTable.ERROR_DETAILS_NAME, batch.errorDetails(place));
      return all;
    }

    private static void put(Map<String, String> all, String name, @Nullable String value) {
      if (value != null) {
        all.put(name, value);
      }
    }

    @Override
    public String line() {
      return ByteSlice.text(
          batch.lineBytesAt(place), batch.lineStartAt(place), batch.lineEndAt(place));
    }

    @Override
    public long timestampEpochNanos() {
      return batch.timestampAt(place);
    }
  }
}
