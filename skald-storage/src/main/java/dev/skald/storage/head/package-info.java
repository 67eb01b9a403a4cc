/**
 * Recent entries in memory, as pages in order of arrival: what the WAL holds and segments do not
 * yet. One thread appends, any number reads; a row is visible when its page's published count says
 * so, and never changes. Knows nothing of files or segments, only how a batch is written ({@link
 * dev.skald.storage.head.BatchCodec}).
 */
@org.jspecify.annotations.NullMarked
package dev.skald.storage.head;
