package dev.skald.model;

/**
 * Another page's rows, fewer of them or seen otherwise: the facts are those of the page behind it,
 * what is read and weighed is the view's own.
 */
public interface PageRefView extends PageRef {
  /** The page behind it. */
  PageRef ref();

  @Override
  default long minEpochNanos() {
    return ref().minEpochNanos();
  }

  @Override
  default long maxEpochNanos() {
    return ref().maxEpochNanos();
  }

  @Override
  default int rowCount() {
    return ref().rowCount();
  }

  @Override
  default long lineBytes() {
    return ref().lineBytes();
  }

  @Override
  default long order() {
    return ref().order();
  }
}
