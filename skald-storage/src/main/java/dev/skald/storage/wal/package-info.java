/**
 * Write-ahead log: an append is durable when it returns, and replay yields exactly what was
 * acknowledged (and perhaps, complete, what was being written when the machine stopped). Knows
 * bytes and files; knows nothing of labels or queries. Start with {@link
 * dev.skald.storage.wal.WalWriter} and {@link dev.skald.storage.wal.WalReplay}; bytes:
 * docs/format/wal.md.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.storage.wal;
