package dev.skald.storage.segment;

import dev.skald.bytes.SeededHash;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.Labels;
import dev.skald.model.Lines;
import dev.skald.model.Page;
import dev.skald.model.PageRows;
import dev.skald.model.Selection;
import dev.skald.storage.index.StreamColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rows of many pages in the order of a segment: by stream, time and arrival, equal rows once. Holds
 * eight bytes for each row and borrows the pages.
 *
 * <p>A row is a reference: its page in the upper, its row number in the lower half of a long.
 * References are placed by counting sort on the stream, which keeps order of arrival; then each
 * stream whose times do not ascend already is merge-sorted, which keeps it too.
 */
final class SortedRows implements OrderedRows {
  /** Most rows of a segment. */
  static final int ROWS_MAX = 1 << 28;

  private final Page[] pages;
  private final long[][] times;
  private final int[][] metadataOrdinals;
  private final byte[][] lineBytes;
  private final int[][] lineOffsets;
  private final StreamColumns columns;
  private final List<Labels> streams;
  private final long[] refs;

  /** Stream {@code s} has rows {@code starts[s]} to {@code starts[s + 1]} - 1. */
  private final int[] starts;

  private int rowCount;

  private SortedRows(Page[] pages, StreamColumns columns, long[] refs, int[] starts) {
    this.pages = pages;
    this.columns = columns;
    this.streams = columns.inOrder();
    this.refs = refs;
    this.starts = starts;
    times = new long[pages.length][];
    metadataOrdinals = new int[pages.length][];
    lineBytes = new byte[pages.length][];
    lineOffsets = new int[pages.length][];
    for (int p = 0; p < pages.length; p++) {
      times[p] = pages[p].timestampsEpochNanos();
      metadataOrdinals[p] = pages[p].metadataOrdinals();
      Lines lines = pages[p].lines();
      lineBytes[p] = lines.bytes();
      lineOffsets[p] = lines.offsets();
    }
  }

  /**
   * @param rows pages, and rows of a page, in order of arrival
   * @param numbers of the streams of all pages
   * @param hashSeed unknown to who sends the rows
   */
  static SortedRows of(List<PageRows> rows, StreamNumbers numbers, long hashSeed) {
    List<PageRows> filled = rows.stream().filter(r -> !r.rows().isEmpty()).toList();
    StreamPlaces places = new StreamPlaces(numbers);
    long total = 0;
    for (PageRows page : filled) {
      places.count(page);
      total += page.rows().count();
    }
    if (total > ROWS_MAX) {
      throw new SkaldException(
          ErrorKind.LIMIT, "too many rows for a segment: %d, max %d", total, ROWS_MAX);
    }
    int[] starts = places.sort();
    long[] refs = new long[(int) total];
    int[] next = Arrays.copyOf(starts, starts.length);
    for (int p = 0; p < filled.size(); p++) {
      int[] placeOf = places.placeOfPage(p);
      int[] streamOf = filled.get(p).page().streamOrdinals();
      Selection selection = filled.get(p).rows();
      for (int i = 0; i < selection.count(); i++) {
        int row = selection.row(i);
        refs[next[placeOf[streamOf[row]]]++] = ((long) p << 32) | row;
      }
    }
    Page[] pages = filled.stream().map(PageRows::page).toArray(Page[]::new);
    SortedRows sorted = new SortedRows(pages, places.columns(), refs, starts);
    sorted.sortAndDeduplicate(hashSeed);
    return sorted;
  }

  private void sortAndDeduplicate(long hashSeed) {
    MergeSort sort = new MergeSort();
    EqualRows equal = new EqualRows(this, hashSeed);
    int write = 0;
    for (int stream = 0; stream < streams.size(); stream++) {
      int from = starts[stream];
      int to = starts[stream + 1];
      if (!isAscending(from, to)) {
        sort.sort(from, to);
      }
      starts[stream] = write;
      for (int i = from; i < to; ) {
        long time = time(i);
        int end = i + 1;
        while (end < to && time(end) == time) {
          end++;
        }
        int kept = end - i == 1 ? 1 : equal.moveDistinctFirst(i, end);
        System.arraycopy(refs, i, refs, write, kept);
        write += kept;
        i = end;
      }
    }
    starts[streams.size()] = write;
    rowCount = write;
  }

  private boolean isAscending(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      if (time(i - 1) > time(i)) {
        return false;
      }
    }
    return true;
  }

  /** In the order of ordinals, which is that of their labels. */
  List<Labels> streams() {
    return streams;
  }

  /** The same, as their table is written from. */
  StreamColumns columns() {
    return columns;
  }

  int rowCount() {
    return rowCount;
  }

  int duplicateCount() {
    return refs.length - rowCount;
  }

  /** First row of a stream; that of the stream after the last is {@link #rowCount}. */
  @Override
  public int start(int stream) {
    return starts[stream];
  }

  @Override
  public long time(int row) {
    return times[page(row)][rowOfPage(row)];
  }

  @Override
  public int lineLength(int row) {
    int[] offsets = lineOffsets[page(row)];
    int at = rowOfPage(row);
    return offsets[at + 1] - offsets[at];
  }

  @Override
  public int copyLine(int row, byte[] target, int at) {
    int page = page(row);
    int start = lineOffsets[page][rowOfPage(row)];
    int length = lineOffsets[page][rowOfPage(row) + 1] - start;
    System.arraycopy(lineBytes[page], start, target, at, length);
    return length;
  }

  @Override
  public boolean hasMetadata(int row) {
    return metadataOrdinals[page(row)][rowOfPage(row)] != 0;
  }

  @Override
  public Labels metadata(int row) {
    return pages[page(row)].metadata(metadataOrdinals[page(row)][rowOfPage(row)]);
  }

  /** Whether two rows of one stream and time are the same entry. */
  boolean isSameEntry(int a, int b) {
    int pageA = page(a);
    int pageB = page(b);
    int startA = lineOffsets[pageA][rowOfPage(a)];
    int startB = lineOffsets[pageB][rowOfPage(b)];
    return Arrays.equals(
            lineBytes[pageA],
            startA,
            startA + lineLength(a),
            lineBytes[pageB],
            startB,
            startB + lineLength(b))
        && isSameMetadata(a, b);
  }

  private boolean isSameMetadata(int a, int b) {
    if (!hasMetadata(a) && !hasMetadata(b)) {
      return true;
    }
    return metadata(a).equals(metadata(b));
  }

  /** Equal for equal entries of one stream and time. */
  long entryHash(int row, long seed) {
    int page = page(row);
    int start = lineOffsets[page][rowOfPage(row)];
    long hash = SeededHash.of(lineBytes[page], start, start + lineLength(row), seed);
    return hasMetadata(row) ? SeededHash.and(hash, metadata(row).hashCode(), seed) : hash;
  }

  /** Places the row now at {@code from} at {@code to}; whatever was there is lost. */
  void move(int from, int to) {
    refs[to] = refs[from];
  }

  private int page(int row) {
    return (int) (refs[row] >>> 32);
  }

  private int rowOfPage(int row) {
    return (int) refs[row];
  }

  /** Streams of all pages, each once, and what each page's ordinals become. */
  private static final class StreamPlaces {
    private final StreamNumbers numbers;
    private final List<Labels> labels = new ArrayList<>();
    private final List<int[]> idOfPage = new ArrayList<>();

    /** One more than the id of the stream of a number; 0: not met yet. */
    private int[] idOfNumber = new int[64];

    private int[] rowsOfId = new int[64];
    private int[] placeOfId = new int[0];
    private @Nullable StreamColumns columns;

    StreamPlaces(StreamNumbers numbers) {
      this.numbers = numbers;
    }

    void count(PageRows pageRows) {
      Page page = pageRows.page();
      Selection selection = pageRows.rows();
      int[] streamOf = page.streamOrdinals();
      int[] rows = new int[page.streamCount()];
      for (int i = 0; i < selection.count(); i++) {
        rows[streamOf[selection.row(i)]]++;
      }
      int[] idOf = new int[rows.length];
      for (int stream = 0; stream < rows.length; stream++) {
        if (rows[stream] > 0) {
          idOf[stream] = id(page, stream);
          rowsOfId[idOf[stream]] += rows[stream];
        }
      }
      idOfPage.add(idOf);
    }

    private int id(Page page, int stream) {
      int number = numbers.of(page, stream);
      if (number >= idOfNumber.length) {
        idOfNumber = Arrays.copyOf(idOfNumber, Math.max(number + 1, idOfNumber.length * 2));
      }
      if (idOfNumber[number] == 0) {
        labels.add(page.stream(stream));
        idOfNumber[number] = labels.size();
        if (labels.size() > rowsOfId.length) {
          rowsOfId = Arrays.copyOf(rowsOfId, rowsOfId.length * 2);
        }
      }
      return idOfNumber[number] - 1;
    }

    /**
     * Gives each stream its place; returns where the rows of each place start, and where they end.
     */
    int[] sort() {
      StreamColumns sorted = StreamColumns.sorted(labels);
      columns = sorted;
      placeOfId = new int[sorted.count()];
      int[] starts = new int[sorted.count() + 1];
      for (int place = 0; place < sorted.count(); place++) {
        int id = sorted.at(place);
        placeOfId[id] = place;
        starts[place + 1] = starts[place] + rowsOfId[id];
      }
      return starts;
    }

    StreamColumns columns() {
      return Objects.requireNonNull(columns);
    }

    /** Replaces the ids of a page by places; to be called once a page. */
    int[] placeOfPage(int page) {
      int[] ids = idOfPage.get(page);
      for (int i = 0; i < ids.length; i++) {
        ids[i] = placeOfId[ids[i]];
      }
      return ids;
    }
  }

  /**
   * Natural merge sort of references by time, stable: the ascending runs that are there are merged
   * in pairs until one is left. Rows mostly arrive in order, so runs are few and long.
   */
  private final class MergeSort {
    private long[] times = new long[0];
    private long[] timesMerged = new long[0];
    private long[] refsMerged = new long[0];
    private int[] runs = new int[0];

    void sort(int from, int to) {
      int count = to - from;
      if (times.length < count) {
        times = new long[count];
        timesMerged = new long[count];
        refsMerged = new long[count];
        runs = new int[count + 1];
      }
      int runCount = 0;
      for (int i = 0; i < count; i++) {
        times[i] = time(from + i);
        if (i == 0 || times[i] < times[i - 1]) {
          runs[runCount++] = i;
        }
      }
      runs[runCount] = count;
      while (runCount > 1) {
        runCount = mergePairs(from, count, runCount);
      }
    }

    private int mergePairs(int from, int count, int runCount) {
      int merged = 0;
      for (int run = 0; run < runCount; run += 2) {
        int start = runs[run];
        int middle = runs[Math.min(run + 1, runCount)];
        int end = runs[Math.min(run + 2, runCount)];
        merge(from, start, middle, end);
        runs[merged++] = start;
      }
      runs[merged] = count;
      System.arraycopy(timesMerged, 0, times, 0, count);
      System.arraycopy(refsMerged, 0, refs, from, count);
      return merged;
    }

    private void merge(int from, int start, int middle, int end) {
      int left = start;
      int right = middle;
      for (int out = start; out < end; out++) {
        boolean takeLeft = right == end || (left < middle && times[left] <= times[right]);
        int taken = takeLeft ? left++ : right++;
        timesMerged[out] = times[taken];
        refsMerged[out] = refs[from + taken];
      }
    }
  }
}
