package dev.skald.random;

/** Random bits for names and nonces. Not for tests' own data: those use a seeded generator. */
@FunctionalInterface
public interface Randomness {
  /** 64 uniformly distributed bits. Safe for concurrent use. */
  long nextLong();

  /** Bits from the operating system. */
  static Randomness secure() {
    var random = new java.security.SecureRandom();
    return random::nextLong;
  }
}
