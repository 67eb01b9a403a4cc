/**
 * What users want of their data's end: periods, limits of size, delete requests. Words and ports
 * only; whoever opens a store says them. Start with {@link
 * dev.skald.storage.retention.StorePolicy}.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.storage.retention;
