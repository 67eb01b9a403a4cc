package dev.skald.query;

import dev.skald.model.Labels;
import dev.skald.model.Lines;
import dev.skald.model.Page;
import dev.skald.model.PageRef;
import dev.skald.model.PageRefView;
import dev.skald.model.PageRows;
import dev.skald.model.Selection;
import dev.skald.model.ShapedLines;
import dev.skald.model.StreamSpace;
import dev.skald.model.TenantId;
import dev.skald.model.VolumeGrid;
import dev.skald.model.VolumeSink;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** A page whose streams say whose they are. */
record TenantPage(Page page, TenantId tenant) implements Page {
  /** How to get one. */
  record Ref(PageRef ref, TenantId tenant) implements PageRefView {
    @Override
    public PageRows read() {
      PageRows rows = ref.read();
      return new PageRows(new TenantPage(rows.page(), tenant), rows.rows());
    }

    @Override
    public void weigh(VolumeGrid grid, VolumeSink sink) {
      ref.weigh(
          grid,
          (stream, bucket, rows, bytes) ->
              sink.add(TenantLabel.on(stream, tenant), bucket, rows, bytes));
    }
  }

  @Override
  public int rowCount() {
    return page.rowCount();
  }

  @Override
  public long[] timestampsEpochNanos() {
    return page.timestampsEpochNanos();
  }

  @Override
  public int[] streamOrdinals() {
    return page.streamOrdinals();
  }

  @Override
  public int streamCount() {
    return page.streamCount();
  }

  @Override
  public boolean isSorted() {
    return page.isSorted();
  }

  @Override
  public int streamEnd(int row) {
    return page.streamEnd(row);
  }

  @Override
  public Labels stream(int ordinal) {
    return TenantLabel.on(page.stream(ordinal), tenant);
  }

  @Override
  public StreamSpace streamSpace() {
    return new Space(page.streamSpace(), tenant);
  }

  @Override
  public int streamNumber(int ordinal) {
    return page.streamNumber(ordinal);
  }

  @Override
  public int streamNumbersEnd() {
    return page.streamNumbersEnd();
  }

  /** A tenant's streams with its name on them. */
  private record Space(StreamSpace space, TenantId tenant) implements StreamSpace {
    @Override
    public Labels stream(int number) {
      return TenantLabel.on(space.stream(number), tenant);
    }

    /** As stored, but for those of the tenant: no labels need be made. */
    @Override
    public Values values(String name, int count) {
      boolean isStored = !name.equals(TenantLabel.NAME) && !name.equals(TenantLabel.ORIGINAL);
      return isStored ? space.values(name, count) : StreamSpace.super.values(name, count);
    }
  }

  @Override
  public int[] metadataOrdinals() {
    return page.metadataOrdinals();
  }

  @Override
  public int metadataCount() {
    return page.metadataCount();
  }

  @Override
  public Labels metadata(int ordinal) {
    return page.metadata(ordinal);
  }

  @Override
  public void readColumns() {
    page.readColumns();
  }

  @Override
  public BitSet streamsOf(Selection rows) {
    return page.streamsOf(rows);
  }

  @Override
  public long metadataChars(Selection rows) {
    return page.metadataChars(rows);
  }

  @Override
  public Lines lines() {
    return page.lines();
  }

  @Override
  public Lines lines(int[] rows, int count) {
    return page.lines(rows, count);
  }

  @Override
  public @Nullable ShapedLines shaped() {
    return page.shaped();
  }

  @Override
  public long[] streamBytes() {
    return page.streamBytes();
  }
}
