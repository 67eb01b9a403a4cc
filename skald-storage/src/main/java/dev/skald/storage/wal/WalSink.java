package dev.skald.storage.wal;

import java.nio.ByteBuffer;

/** Takes the records of a replay, in the order in which they were appended. */
@FunctionalInterface
public interface WalSink {
  /**
   * @param fileNumber of the file that the record is in: nothing before that file is needed for
   *     what comes from here on
   * @param payload borrowed: valid during the call
   * @throws dev.skald.error.SkaldException CORRUPT if the payload makes no sense; the record is
   *     reported and skipped
   */
  void accept(long fileNumber, ByteBuffer payload);
}
