package dev.skald.model;

import java.util.HashMap;
import java.util.Map;

/**
 * The streams that some pages have in common, numbered, each once: those of a segment, or of a part
 * of the head. Whoever asks for a label of many of them need not have their labels made. Two spaces
 * are equal if they are the same. Safe for concurrent use.
 */
public interface StreamSpace {
  /** The labels of a stream. Equal streams of different spaces have equal labels. */
  Labels stream(int number);

  /**
   * One label of all streams.
   *
   * @param count numbers below this will be asked for
   */
  default Values values(String name, int count) {
    return valuesOnLabels(this, name, count);
  }

  /** What values streams have for a label, as small numbers. */
  interface Values {
    /** Below this are the numbers of values. */
    int count();

    /** The value that a stream has; -1 if none, or perhaps if an empty one. */
    int of(int stream);
  }

  /** Of a label that no stream has. */
  Values NONE =
      new Values() {
        @Override
        public int count() {
          return 0;
        }

        @Override
        public int of(int stream) {
          return -1;
        }
      };

  /** Asks each stream for its labels. */
  static Values valuesOnLabels(StreamSpace space, String name, int count) {
    Map<String, Integer> ids = new HashMap<>();
    int[] idOf = new int[count];
    for (int stream = 0; stream < count; stream++) {
      String value = space.stream(stream).get(name);
      Integer known = value.isEmpty() ? Integer.valueOf(-1) : ids.putIfAbsent(value, ids.size());
      idOf[stream] = known == null ? ids.size() - 1 : known;
    }
    int distinct = ids.size();
    return new Values() {
      @Override
      public int count() {
        return distinct;
      }

      @Override
      public int of(int stream) {
        return idOf[stream];
      }
    };
  }

  /** The streams of one page, by their ordinals there. */
  static StreamSpace of(Page page) {
    return new OfPage(page);
  }

  /** See {@link #of}. */
  record OfPage(Page page) implements StreamSpace {
    @Override
    public Labels stream(int number) {
      return page.stream(number);
    }
  }
}
