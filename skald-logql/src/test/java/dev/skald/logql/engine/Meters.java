package dev.skald.logql.engine;

/** Meters for parts under test. */
final class Meters {
  private Meters() {}

  static QueryMeter ample() {
    return new QueryMeter(() -> 0, EngineFixture.AMPLE);
  }
}
