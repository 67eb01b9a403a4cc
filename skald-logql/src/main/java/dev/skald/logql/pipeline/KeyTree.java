package dev.skald.logql.pipeline;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a worker's lines as they were met, each with the label name that it gives and whether
 * anyone needs it. Logs repeat few keys: a key is sanitised once, then found by its bytes. Keys
 * inside an object hang below the object's key. Entries are bounded; when full, all are forgotten.
 */
final class KeyTree {
  /** Keys kept: some 16 MB at most with keys of usual length. */
  private static final int NODES_MAX = 1 << 16;

  /** Longer keys are made anew each time, so that the tree's memory is bounded. */
  private static final int KEY_BYTES_MAX = 256;

  /** A key at its place among objects. */
  static final class Node {
    private final @Nullable Node parent;
    private final byte[] key;
    private final int hash;

    /** The label's name; empty above and for blank keys at the top. */
    final String name;

    /** Of {@link #name}; -1 if empty. */
    final int nameId;

    /** Whether the label, or the one it becomes in a collision, is needed. */
    final boolean isNeeded;

    /** Whether some label inside the object is needed. */
    final boolean isNeededInside;

    /** The key that came next in the line before: likely the next again. */
    @Nullable Node follower;

    private Node(
        @Nullable Node parent,
        byte[] key,
        int hash,
        String name,
        int nameId,
        boolean isNeeded,
        boolean isNeededInside) {
      this.parent = parent;
      this.key = key;
      this.hash = hash;
      this.name = name;
      this.nameId = nameId;
      this.isNeeded = isNeeded;
      this.isNeededInside = isNeededInside;
    }

    private boolean is(@Nullable Node itsParent, byte[] bytes, int start, int end) {
      return parent == itsParent && Arrays.equals(key, 0, key.length, bytes, start, end);
    }
  }

  private final NameTable names;
  private final LabelDemand demand;
  private int generation;
  private @Nullable Node[] table = new Node[256];
  private int nodeCount;
  private Node root;

  KeyTree(NameTable names, LabelDemand demand) {
    this.names = names;
    this.demand = demand;
    generation = names.generation();
    root = newRoot();
  }

  private static Node newRoot() {
    return new Node(null, ByteSlice.NO_BYTES, 0, "", -1, false, true);
  }

  /** Where a line begins. Called once per batch or line; all nodes of before may be void. */
  Node root() {
    if (generation != names.generation() || nodeCount > NODES_MAX) {
      generation = names.generation();
      table = new Node[256];
      nodeCount = 0;
      root = newRoot();
    }
    return root;
  }

  /**
   * The node of a key (its bytes decoded) inside {@code parent}.
   *
   * @param before the node met before this one; its follower is tried first
   */
  Node child(Node parent, Node before, byte[] bytes, int start, int end) {
    Node likely = before.follower;
    if (likely != null && likely.is(parent, bytes, start, end)) {
      return likely;
    }
    Node found = find(parent, bytes, start, end);
    before.follower = found;
    return found;
  }

  private Node find(Node parent, byte[] bytes, int start, int end) {
    int hash = parent.hash;
    for (int i = start; i < end; i++) {
      hash = hash * 31 + bytes[i];
    }
    hash = (hash ^ hash >>> 15) * 0x9E3779B1;
    int mask = table.length - 1;
    int at = hash >>> 7 & mask;
    Node found = table[at];
    while (found != null) {
      if (found.hash == hash && found.is(parent, bytes, start, end)) {
        return found;
      }
      at = at + 1 & mask;
      found = table[at];
    }
    Node made = make(parent, Arrays.copyOfRange(bytes, start, end), hash);
    if (end - start <= KEY_BYTES_MAX) {
      table[at] = made;
      nodeCount++;
      if (nodeCount * 2 > table.length) {
        rehash();
      }
    }
    return made;
  }

  private Node make(Node parent, byte[] key, int hash) {
    String name = LabelNames.sanitize(parent.name, key, 0, key.length);
    int nameId = name.isEmpty() ? -1 : names.id(name);
    boolean isNeeded =
        nameId >= 0 && (demand.needs(name) || demand.needs(names.name(names.extracted(nameId))));
    return new Node(parent, key, hash, name, nameId, isNeeded, isNeededInside(name));
  }

  private boolean isNeededInside(String name) {
    if (demand.isAll() || name.isEmpty()) {
      return true;
    }
    Set<String> needed = demand.names();
    for (String candidate : needed) {
      if (candidate.startsWith(name)) {
        return true;
      }
    }
    return false;
  }

  private void rehash() {
    @Nullable Node[] old = table;
    table = new Node[old.length * 2];
    int mask = table.length - 1;
    for (Node node : old) {
      if (node != null) {
        int at = node.hash >>> 7 & mask;
        while (table[at] != null) {
          at = at + 1 & mask;
        }
        table[at] = node;
      }
    }
  }
}
