package dev.skald.logql.pipeline;

import dev.skald.logql.syntax.Stage.Format;
import dev.skald.logql.template.Template;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code label_format a=b, c="{{.d}}"}: renames labels, and sets them to a template's text (spec
 * logql.md 6.11). Items take effect in order; the templates all see the labels as they were when
 * the first one's turn came. So the renames before it are done, then all templates are executed,
 * then the rest takes effect.
 */
final class LabelFormatStep implements Step {
  /** An item: a template, or a rename from {@code sourceId}. */
  private record Item(int targetId, int sourceId, @Nullable Template template) {}

  private final List<Item> items;
  private final int firstTemplate;
  private final TemplateStage stage;
  private final byte[] @Nullable [] texts;
  private final boolean hasTemplates;
  private final ByteSlice value = new ByteSlice();

  private LabelFormatStep(RowBatch batch, List<Item> items, PipelineLimits limits) {
    this.items = items;
    stage = new TemplateStage(batch, limits);
    texts = new byte[items.size()][];
    int first = 0;
    while (first < items.size() && items.get(first).template() == null) {
      first++;
    }
    firstTemplate = first;
    hasTemplates = first < items.size();
  }

  static Step.Source compile(List<Format> formats, PipelineLimits limits) {
    List<@Nullable Template> templates = new ArrayList<>();
    for (Format format : formats) {
      templates.add(
          switch (format) {
            case Format.Rename _ -> null;
            case Format.Template(String _, String text) -> TemplateStage.parse("label", text);
          });
    }
    return batch -> {
      List<Item> items = new ArrayList<>();
      for (int i = 0; i < formats.size(); i++) {
        int targetId = batch.names().id(formats.get(i).target());
        int sourceId =
            formats.get(i) instanceof Format.Rename rename
                ? batch.names().id(rename.source())
                : targetId;
        items.add(new Item(targetId, sourceId, templates.get(i)));
      }
      return new LabelFormatStep(batch, items, limits);
    };
  }

  @Override
  public void apply(RowBatch batch) {
    if (hasTemplates) {
      batch.loadLines();
    }
    for (int i = 0; i < batch.count(); i++) {
      format(batch, batch.place(i));
    }
  }

  private void format(RowBatch batch, int place) {
    for (int i = 0; i < firstTemplate; i++) {
      rename(batch, place, items.get(i));
    }
    for (int i = firstTemplate; i < items.size(); i++) {
      Template template = items.get(i).template();
      texts[i] = template == null ? null : stage.execute(template, place);
    }
    for (int i = firstTemplate; i < items.size(); i++) {
      Item item = items.get(i);
      byte[] text = texts[i];
      if (item.template() == null) {
        rename(batch, place, item);
      } else if (text != null) {
        batch.set(place, item.targetId(), text, 0, text.length);
      }
    }
  }

  private void rename(RowBatch batch, int place, Item item) {
    if (batch.find(place, item.sourceId(), value)) {
      batch.set(place, item.targetId(), value.bytes, value.start, value.end);
      batch.remove(place, item.sourceId());
    }
  }
}
