package dev.skald.storage.check;

import dev.skald.storage.segment.SegmentAnatomy.PagePart;
import dev.skald.storage.segment.SegmentAnatomy.Part;
import dev.skald.storage.shape.ShapedAnatomy;
import dev.skald.storage.shape.ShapedAnatomy.ColumnPart;
import dev.skald.storage.shape.ShapedAnatomy.FramePart;
import dev.skald.storage.shape.ShapedAnatomy.ShapePart;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Shows the shapes, frames and columns of one page. */
final class PageInspection {
  /** A shape's text is cut here. */
  private static final int SHAPE_CHARS_SHOWN = 160;

  private final PagePart page;
  private final ShapedAnatomy shaped;
  private final InspectOptions options;
  private final Output out;
  private final List<Part> frames;

  /** Takes a line. */
  @FunctionalInterface
  interface Output {
    void line(String format, Object... values);
  }

  PageInspection(PagePart page, ShapedAnatomy shaped, InspectOptions options, Output out) {
    this.page = page;
    this.shaped = shaped;
    this.options = options;
    this.out = out;
    this.frames = page.blocks().stream().filter(block -> block.kind().equals("FRAME")).toList();
  }

  void show() {
    shapes();
    frames();
    columns();
  }

  private void shapes() {
    List<ShapePart> shapes = shaped.shapes();
    out.line("  %d shapes%s", shapes.size(), limit(options.shapes(), shapes.size()));
    IntStream.range(0, shapes.size())
        .boxed()
        .sorted(Comparator.comparingInt(i -> -shapes.get(i).rowCount()))
        .limit(options.shapes())
        .forEach(
            i ->
                out.line(
                    "    #%-4d %,9d rows  %s",
                    i, shapes.get(i).rowCount(), cut(shapes.get(i).text())));
  }

  private static String limit(int shown, int all) {
    return shown < all ? ", the first " + shown : "";
  }

  private static String cut(String text) {
    return text.length() <= SHAPE_CHARS_SHOWN
        ? text
        : text.substring(0, text.offsetByCodePoints(0, SHAPE_CHARS_SHOWN - 1)) + "…";
  }

  private void frames() {
    out.line("  %d frames", shaped.frames().size());
    for (int i = 0; i < shaped.frames().size(); i++) {
      FramePart frame = shaped.frames().get(i);
      int index = i;
      long columns = shaped.columns().stream().filter(c -> c.frame() == index).count();
      out.line(
          "    #%-4d %,12d bytes of %,12d, %s: %s",
          i,
          frames.get(i).storedBytes(),
          frame.contentBytes(),
          frame.isPacked() ? "zstd" : "as they are",
          frame.holdsRowShapes() ? "shapes of rows" : columns + " columns");
    }
  }

  private void columns() {
    List<ColumnPart> columns = shaped.columns();
    out.line("  %d columns%s", columns.size(), limit(options.columns(), columns.size()));
    IntStream.range(0, columns.size())
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -storedBytes(columns.get(i))))
        .limit(options.columns())
        .forEach(i -> column(i, columns.get(i)));
  }

  private void column(int number, ColumnPart column) {
    String place = "shape %d slot %d".formatted(column.shape(), column.slot());
    if (column.shapeCount() > 1) {
      place += " and %d shapes more".formatted(column.shapeCount() - 1);
    }
    String what = column.sameAs() < 0 ? column.encoding() : "the same as column " + column.sameAs();
    out.line(
        "    #%-4d %,9d values  %10s of the page  %s: %s",
        number,
        column.valueCount(),
        String.format(Locale.ROOT, "%.2f %%", 100 * storedBytes(column) / page.storedBytes()),
        place,
        what);
  }

  /** Its part of its frame, as if all of the frame were packed equally well. */
  private double storedBytes(ColumnPart column) {
    int content = shaped.frames().get(column.frame()).contentBytes();
    if (column.sameAs() >= 0 || content == 0) {
      return 0;
    }
    return (double) frames.get(column.frame()).storedBytes() * column.bodyBytes() / content;
  }
}
