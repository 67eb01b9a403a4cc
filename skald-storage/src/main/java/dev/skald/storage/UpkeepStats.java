package dev.skald.storage;

/**
 * What upkeep did since start.
 *
 * @param roundsTotal rounds that ended well
 * @param failuresTotal rounds that failed, in part or as a whole
 * @param mergesTotal merges committed
 * @param segmentsMergedTotal segments that they replaced
 * @param bytesWrittenTotal size of the segments that they wrote
 * @param copiesDroppedTotal rows that an older segment held too
 * @param rowsDeletedTotal rows deleted on request
 * @param rowsExpiredTotal rows dropped for their age
 * @param rowsEvictedTotal rows dropped to make room
 * @param refusedTotal merges refused because rows did not balance
 * @param lastRoundEpochNanos when the last round that ended well did so; 0 before the first
 * @param lastRoundNanos how long it took
 */
public record UpkeepStats(
    long roundsTotal,
    long failuresTotal,
    long mergesTotal,
    long segmentsMergedTotal,
    long bytesWrittenTotal,
    long copiesDroppedTotal,
    long rowsDeletedTotal,
    long rowsExpiredTotal,
    long rowsEvictedTotal,
    long refusedTotal,
    long lastRoundEpochNanos,
    long lastRoundNanos) {}
