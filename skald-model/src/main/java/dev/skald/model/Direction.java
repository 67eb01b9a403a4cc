package dev.skald.model;

/** Order of a log query's entries. */
public enum Direction {
  /** Oldest first. */
  FORWARD,
  /** Newest first. */
  BACKWARD
}
