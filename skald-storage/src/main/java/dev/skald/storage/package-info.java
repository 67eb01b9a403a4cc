/**
 * The façade of the store: {@link LogStore}. An append is durable and visible when it returns. Read this room first;
 * behind it stand the WAL, the head, segments, the index and the manifest. Knows nothing of HTTP or LogQL.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.storage;
