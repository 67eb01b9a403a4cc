/**
 * Blocks of bytes made smaller, and back: every result is checked against the length it must have.
 * Start with {@link dev.skald.compress.ZstdContexts}. Knows nothing of what the bytes mean.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.compress;
