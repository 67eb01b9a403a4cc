package dev.skald.storage.shape;

import dev.skald.model.Shape;
import dev.skald.model.Shape.SlotKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The text shapes met so far as a tree, to take a line apart by the shape that it is expected to have: what is text is
 * compared, what is a slot is skipped, and nothing is hashed. The slots, and so the shape, are those that {@link
 * TextSplitter} would find, since where the same text stood so far the splitter is where it was in the lines before, and
 * each slot ends where the splitter ends it. One thread.
 */
final class ExpectedShapes {
  /** A line that fits none of so many ways to go on is left to the splitter. */
  private static final int EDGES_MAX = 32;

  private static final int LINE_END = -1;

  private final Node root = new Node();

  /** A place between two slots. */
  private static final class Node {
    @Nullable Edge[] edges = new @Nullable Edge[2];
    int count;
  }

  /**
   * What may stand at a place.
   *
   * @param text up to the slot, or up to the end of the line
   * @param form of the slot, a {@link TextSplitter} form, or {@link #LINE_END}
   * @param shape of the line, if this is its end
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Edge(byte[] text, int form, Node next, @Nullable KnownShape shape) {
    boolean isFor(byte[] otherText, int otherForm) {
      return form == otherForm && Arrays.equals(text, otherText);
    }

    boolean stands(byte[] bytes, int at, int end) {
      int length = text.length;
      if (length == 0 || at + length > end) {
        return at + length <= end;
      }
      return bytes[at] == text[0] && Arrays.equals(bytes, at + 1, at + length, text, 1, length);
    }
  }

  /**
   * Takes a line apart.
   *
   * @return its shape, or null: then the slots mean nothing
   */
  @Nullable KnownShape split(byte[] bytes, int start, int end, SplitLine out) {
    out.clear();
    Node node = root;
    int at = start;
    while (true) {
      int slotEnd = TextSplitter.NONE;
      Edge taken = null;
      for (int i = 0; i < node.count && taken == null; i++) {
        Edge edge = edge(node, i);
        if (!edge.stands(bytes, at, end)) {
          continue;
        }
        int from = at + edge.text.length;
        if (edge.shape != null) {
          taken = from == end ? edge : null;
        } else {
          slotEnd = TextSplitter.endOf(edge.form, bytes, from, end);
          taken = slotEnd == TextSplitter.NONE ? null : edge;
        }
        if (taken != null && i > 0) { // what is often taken comes to stand in front
          node.edges[i] = node.edges[i - 1];
          node.edges[i - 1] = edge;
        }
      }
      if (taken == null || taken.shape != null) {
        return taken == null ? null : taken.shape;
      }
      out.add(SlotKind.TEXT, at + taken.text.length, slotEnd, taken.form);
      at = slotEnd;
      node = taken.next;
    }
  }

  private static Edge edge(Node node, int index) {
    Edge edge = node.edges[index];
    if (edge == null) {
      throw new IllegalStateException("no edge " + index + " of " + node.count);
    }
    return edge;
  }

  /** Expects this shape from now on; the one that is met least often may be forgotten for it. */
  void add(KnownShape known) {
    if (!isPredictable(known)) {
      return;
    }
    Shape shape = known.shape();
    Node node = root;
    for (int i = 0; i < shape.slotCount(); i++) {
      Edge edge = find(node, shape.text(i), known.form(i));
      if (edge == null) {
        edge = new Edge(shape.text(i), known.form(i), new Node(), null);
        add(node, edge);
      }
      node = edge.next;
    }
    byte[] last = shape.text(shape.slotCount());
    if (find(node, last, LINE_END) == null) {
      add(node, new Edge(last, LINE_END, node, known));
    }
  }

  private static @Nullable Edge find(Node node, byte[] text, int form) {
    for (int i = 0; i < node.count; i++) {
      Edge edge = edge(node, i);
      if (edge.isFor(text, form)) {
        return edge;
      }
    }
    return null;
  }

  private static void add(Node node, Edge edge) {
    if (node.count == EDGES_MAX) {
      node.count--; // what is taken least, or nearly
    }
    if (node.count == node.edges.length) {
      node.edges = Arrays.copyOf(node.edges, node.count * 2);
    }
    node.edges[node.count++] = edge;
  }

  /** Expects this shape no more. */
  void remove(KnownShape known) {
    remove(root, known, 0);
  }

  private static void remove(Node node, KnownShape known, int slot) {
    Shape shape = known.shape();
    boolean isLast = slot == shape.slotCount();
    Edge edge = find(node, shape.text(slot), isLast ? LINE_END : known.form(slot));
    if (edge == null) {
      return;
    }
    if (!isLast) {
      remove(edge.next, known, slot + 1);
    }
    if (isLast || edge.next.count == 0) {
      int at = Arrays.asList(node.edges).indexOf(edge);
      System.arraycopy(node.edges, at + 1, node.edges, at, --node.count - at);
      node.edges[node.count] = null;
    }
  }

  /** Whether no quote of its text was looked at in vain: in another line, one that closes it may follow. */
  private static boolean isPredictable(KnownShape known) {
    Shape shape = known.shape();
    int slots = shape.slotCount();
    for (int i = 0; i <= slots; i++) {
      byte[] text = shape.text(i);
      int from = i > 0 && known.form(i - 1) == TextSplitter.QUOTED ? 1 : 0;
      int to = i < slots && known.form(i) == TextSplitter.QUOTED ? 1 : 0;
      for (int at = from; at < text.length - to; at++) {
        if (text[at] == '"') {
          return false;
        }
      }
    }
    return true;
  }
}
