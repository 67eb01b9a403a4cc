package dev.skald.server.http;

/** Versions that Skald tells. */
public final class Version {
  /** Skald's own. */
  public static final String SKALD = "0.1.0";

  /** The Loki whose behaviour clients may expect; Grafana chooses its features by it. */
  public static final String LOKI_COMPATIBLE = "3.7.6";

  private Version() {}
}
