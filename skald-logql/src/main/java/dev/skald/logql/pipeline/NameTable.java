package dev.skald.logql.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The label names of one worker as small numbers, so that rows compare numbers. Logs may hold any
 * number of names: between batches {@link #trim} forgets those that no stage named.
 */
final class NameTable {
  static final int ERROR = 0;
  static final int ERROR_DETAILS = 1;
  static final int PRESERVE_ERROR = 2;

  static final String ERROR_NAME = "__error__";
  static final String ERROR_DETAILS_NAME = "__error_details__";
  static final String PRESERVE_ERROR_NAME = "__preserve_error__";

  /** Names beyond this are forgotten at the next batch: some 8 MB. */
  private static final int NAMES_MAX = 1 << 16;

  private static final String EXTRACTED = "_extracted";

  private final Map<String, Integer> ids = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private final List<byte[]> utf8 = new ArrayList<>();

  /** Per id: id of the same name with {@code _extracted}, or -1 until asked for. */
  private final List<Integer> extracted = new ArrayList<>();

  private int pinned;
  private int generation;

  NameTable() {
    id(ERROR_NAME);
    id(ERROR_DETAILS_NAME);
    id(PRESERVE_ERROR_NAME);
  }

  int id(String name) {
    Integer known = ids.get(name);
    if (known != null) {
      return known;
    }
    int id = names.size();
    ids.put(name, id);
    names.add(name);
    utf8.add(ByteSlice.utf8(name));
    extracted.add(-1);
    return id;
  }

  /** The id of a name that some row or stage has, or -1. */
  int known(String name) {
    Integer known = ids.get(name);
    return known == null ? -1 : known;
  }

  String name(int id) {
    return names.get(id);
  }

  byte[] utf8(int id) {
    return utf8.get(id);
  }

  /** The id of {@code <name>_extracted} (spec logql.md 5, extraction collision rule). */
  int extracted(int id) {
    int known = extracted.get(id);
    if (known < 0) {
      known = id(names.get(id) + EXTRACTED);
      extracted.set(id, known);
    }
    return known;
  }

  /** Names known so far stay for ever; called once the stages have named theirs. */
  void pin() {
    pinned = names.size();
  }

  /** Changes whenever ids from {@link #pinned} on have lost their meaning. */
  int generation() {
    return generation;
  }

  /** Called between batches, when no row holds an id. */
  void trim() {
    if (names.size() <= NAMES_MAX) {
      return;
    }
    for (String name : names.subList(pinned, names.size())) {
      ids.remove(name);
    }
    names.subList(pinned, names.size()).clear();
    utf8.subList(pinned, utf8.size()).clear();
    extracted.subList(pinned, extracted.size()).clear();
    extracted.replaceAll(id -> id >= pinned ? -1 : id);
    generation++;
  }
}
