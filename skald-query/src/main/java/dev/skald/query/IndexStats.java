package dev.skald.query;

/**
 * What matching streams amount to.
 *
 * @param chunks parts of pages, one for each stream and page
 * @param bytes of lines and structured metadata; may be an estimate
 */
public record IndexStats(long streams, long chunks, long bytes, long entries) {}
