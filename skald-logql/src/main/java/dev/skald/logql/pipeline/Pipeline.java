package dev.skald.logql.pipeline;

/** The compiled stages of a query. */
public final class Pipeline {
  private Pipeline() {}
}
