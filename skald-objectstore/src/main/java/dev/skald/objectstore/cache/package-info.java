/**
 * Keeps parts of objects that were read from far away: on the local disk, and in memcached if there
 * is one. Objects never change, so nothing here is ever stale. A cache that fails is a cache without
 * the bytes, and nothing worse. Start with {@link dev.skald.objectstore.cache.CachedObjectStore};
 * bytes: docs/format/cache.md.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.objectstore.cache;
