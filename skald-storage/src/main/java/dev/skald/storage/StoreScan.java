package dev.skald.storage;

import dev.skald.model.MatcherTest;
import dev.skald.model.PageRef;
import dev.skald.model.PageScan;
import dev.skald.model.QuerySpan;
import dev.skald.model.TenantId;
import dev.skald.storage.head.TimeRange;
import dev.skald.storage.index.StreamSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The pages of one version of the store that a query may have to read. */
final class StoreScan implements PageScan {
  private final Versions.Pin pin;
  private final List<PageRef> pages;
  private final int indexedStreamsMax;
  private final List<String> warnings;

  private StoreScan(
      Versions.Pin pin, List<PageRef> pages, int indexedStreamsMax, List<String> warnings) {
    this.pin = pin;
    this.pages = List.copyOf(pages);
    this.indexedStreamsMax = indexedStreamsMax;
    this.warnings = List.copyOf(warnings);
  }

  /**
   * Owns the pin: it is closed with the scan, or if this throws.
   *
   * @param warnings of what is missing from all that is stored
   */
  static StoreScan of(
      Versions.Pin pin,
      TenantId tenant,
      List<MatcherTest> tests,
      QuerySpan asked,
      HiddenRows hidden,
      List<String> warnings) {
    QuerySpan span = hidden.cut(asked);
    boolean made = false;
    try {
      List<PageRef> pages = new ArrayList<>();
      int streamsMax = 0;
      List<OpenSegment> segments = pin.version().segments(tenant);
      for (int i = 0; i < segments.size(); i++) {
        int found = addPages(segments.get(i), tests, span, segments.subList(0, i), pages);
        streamsMax = Math.max(streamsMax, found);
      }
      List<OlderRows> olderRows = new ArrayList<>(segments);
      for (HeadRows rows : headRows(pin.version(), tenant)) {
        BitSet streams = rows.streams(tests);
        streamsMax = Math.max(streamsMax, streams.cardinality());
        pages.addAll(rows.pages(streams, span, List.copyOf(olderRows)));
        olderRows.add(rows);
      }
      made = true;
      return new StoreScan(pin, pages.stream().map(hidden::hide).toList(), streamsMax, warnings);
    } finally {
      if (!made) {
        pin.close();
      }
    }
  }

  /** Returns how many streams were found. */
  private static int addPages(
      OpenSegment segment,
      List<MatcherTest> tests,
      QuerySpan span,
      List<OpenSegment> older,
      List<PageRef> pages) {
    if (!segment.times().intersects(TimeRange.of(span))) {
      return 0;
    }
    StreamSet streams = segment.reader().streams(tests);
    if (streams.isEmpty()) {
      return 0;
    }
    List<OpenSegment> suspects = segment.suspects(older);
    for (PageRef ref : segment.reader().pages(streams, span, segment.live().order())) {
      pages.add(segment.withoutDuplicates(ref, suspects));
    }
    return streams.count();
  }

  /** A tenant's part of each generation that has one, in order of arrival, as it is now. */
  static List<HeadRows> headRows(StoreVersion version, TenantId tenant) {
    return version.generations().stream()
        .flatMap(
            generation ->
                generation
                    .tenant(tenant)
                    .map(head -> new HeadRows(generation.number(), head))
                    .stream())
        .toList();
  }

  @Override
  public List<PageRef> pages() {
    return pages;
  }

  @Override
  public int indexedStreamsMax() {
    return indexedStreamsMax;
  }

  @Override
  public List<String> warnings() {
    return warnings;
  }

  @Override
  public void close() {
    pin.close();
  }
}
