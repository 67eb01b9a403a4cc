package dev.skald.storage.retention;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.TenantId;

/**
 * What each tenant wants of its data's end; a port, so that the store knows neither configuration
 * nor LogQL. Asked again and again: answers may change. Safe for concurrent use.
 */
public interface StorePolicy {
  /** Keeps everything for ever, and compiles no delete request. */
  StorePolicy KEEP_ALL =
      new StorePolicy() {
        @Override
        public RetentionRules retention(TenantId tenant) {
          return RetentionRules.FOR_EVER;
        }

        @Override
        public Limits limits(TenantId tenant) {
          return new Limits(DeletionMode.DISABLED, 0, 0);
        }

        @Override
        public RowQuery compile(String query) {
          throw SkaldException.of(ErrorKind.UNSUPPORTED, "this store takes no delete requests");
        }
      };

  /** What a delete request does. */
  enum DeletionMode {
    /** Nothing: none is taken, and those there are do not count. */
    DISABLED,
    /** Hides rows. */
    FILTER_ONLY,
    /** Hides rows, and removes them from the disk later. */
    FILTER_AND_DELETE
  }

  /**
   * Limits of one tenant.
   *
   * @param deletionRowsMax a delete request of more rows is refused unless forced; 0: no limit
   * @param segmentBytesMax the oldest segments are dropped while all take more; 0: no limit
   */
  record Limits(DeletionMode deletionMode, long deletionRowsMax, long segmentBytesMax) {}

  RetentionRules retention(TenantId tenant);

  Limits limits(TenantId tenant);

  /**
   * @throws SkaldException BAD_REQUEST if it is no log query
   */
  RowQuery compile(String query);
}
