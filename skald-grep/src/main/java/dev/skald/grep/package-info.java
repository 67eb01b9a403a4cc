/**
 * Finding: {@link LiteralFinder} for fixed bytes, {@link RegexFilter} for RE2's language in linear
 * time, {@link RegexCapture} for what its groups hold. The vector twin of a finder and its plain
 * twin give the same answers; only this room may use {@code jdk.incubator.vector}.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.grep;
