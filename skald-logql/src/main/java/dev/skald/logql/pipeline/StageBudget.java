package dev.skald.logql.pipeline;

import dev.skald.error.SkaldException;

/**
 * What the stages of one query may take, and whether they may go on at all. Shared by the query's
 * workers; safe for concurrent use.
 */
public interface StageBudget {
  /** For stages that nobody waits for. */
  StageBudget ENDLESS =
      new StageBudget() {
        @Override
        public void check() {
          // never ends
        }

        @Override
        public void reserve(long bytes) {
          // takes all
        }

        @Override
        public void release(long bytes) {
          // took all
        }

        @Override
        public void spend(long work, long allowed) {
          // works on
        }
      };

  /**
   * To be called at least every few milliseconds.
   *
   * @throws SkaldException TIMEOUT past the deadline, CANCELLED if the client has gone
   */
  void check();

  /**
   * Counts memory that is about to be taken.
   *
   * @throws SkaldException LIMIT if the budget does not hold it
   */
  void reserve(long bytes);

  /** Memory that was counted is free again. */
  void release(long bytes);

  /**
   * Counts the work of templates, in units of their own.
   *
   * @param allowed units that the rows worked on allow for; what is spent beyond it adds up
   * @throws SkaldException LIMIT if too much has added up, or as {@link #check}
   */
  void spend(long work, long allowed);
}
