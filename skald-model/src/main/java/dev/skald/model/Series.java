package dev.skald.model;

import java.util.List;

/** Samples of one label set, by ascending time. */
public record Series(Labels labels, List<Sample> samples) {
  public Series {
    samples = List.copyOf(samples);
  }
}
