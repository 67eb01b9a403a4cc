package dev.skald.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers keys as they come: the first is 0. Makes no object per key, where a map makes two. A key
 * is looked for in so many places and no more; keys that find none, which takes keys made for it,
 * are in a map. For one thread.
 */
public final class Ordinals<K> {
  /** At half load hardly any key has so many before it. */
  private static final int PROBES_MAX = 32;

  private static final int SLOTS_FIRST = 16;

  private final List<K> keys = new ArrayList<>();
  private int[] hashes = new int[SLOTS_FIRST / 2];

  /** One more than an ordinal; 0 where there is none. */
  private int[] slots = new int[SLOTS_FIRST];

  private Map<K, Integer> crowded = Map.of();

  /** The key's ordinal, given to it now if it is new: it is {@link #count} less one then. */
  public int add(K key) {
    int hash = mixed(key.hashCode());
    int mask = slots.length - 1;
    for (int probe = 0; probe < PROBES_MAX; probe++) {
      int slot = (hash + probe) & mask;
      int ordinal = slots[slot] - 1;
      if (ordinal < 0) {
        return added(key, hash, slot);
      }
      if (hashes[ordinal] == hash && keys.get(ordinal).equals(key)) {
        return ordinal;
      }
    }
    Integer known = crowded.get(key);
    return known != null ? known : added(key, hash, -1);
  }

  private int added(K key, int hash, int slot) {
    int ordinal = keys.size();
    keys.add(key);
    if (ordinal == hashes.length) {
      hashes = Arrays.copyOf(hashes, ordinal * 2);
      hashes[ordinal] = hash;
      grow();
      return ordinal;
    }
    hashes[ordinal] = hash;
    if (slot < 0) {
      crowd(key, ordinal);
    } else {
      slots[slot] = ordinal + 1;
    }
    return ordinal;
  }

  private void crowd(K key, int ordinal) {
    if (crowded.isEmpty()) {
      crowded = new HashMap<>();
    }
    crowded.put(key, ordinal);
  }

  /** All keys are placed anew, the crowded ones too: there may be room for them now. */
  private void grow() {
    slots = new int[slots.length * 2];
    crowded = Map.of();
    int mask = slots.length - 1;
    for (int ordinal = 0; ordinal < keys.size(); ordinal++) {
      int probe = 0;
      while (probe < PROBES_MAX && slots[(hashes[ordinal] + probe) & mask] != 0) {
        probe++;
      }
      if (probe < PROBES_MAX) {
        slots[(hashes[ordinal] + probe) & mask] = ordinal + 1;
      } else {
        crowd(keys.get(ordinal), ordinal);
      }
    }
  }

  /** Keys that differ in a few characters have hashes close to each other. */
  private static int mixed(int hash) {
    int mixed = hash * 0x9e3779b9;
    return mixed ^ (mixed >>> 15);
  }

  /** Forgets all keys; the room for them stays. */
  public void clear() {
    keys.clear();
    Arrays.fill(slots, 0);
    crowded = Map.of();
  }

  /** How many keys there are. */
  public int count() {
    return keys.size();
  }

  /** The key of an ordinal. */
  public K key(int ordinal) {
    return keys.get(ordinal);
  }

  /** All keys in the order of their ordinals. Borrowed: it grows as they come. */
  public List<K> keys() {
    return keys;
  }
}
