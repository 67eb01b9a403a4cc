package dev.skald.storage.wal;

/**
 * Figures of the log; counters count since start.
 *
 * @param bytesOnDisk size of the files that are there
 * @param records appended and acknowledged
 * @param bytes of those records, headers included
 * @param syncs group commits
 * @param failures writes, syncs and creations that failed
 * @param diskFull appends refused because the disk was full
 */
public record WalStats(
    long bytesOnDisk, long records, long bytes, long syncs, long failures, long diskFull) {}
