package dev.skald.storage.wal;

import dev.skald.error.SkaldException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A rotation on its way, awaited by the thread that asked for it. */
final class WalRotation {
  private final Runnable atBoundary;
  private final CompletableFuture<Long> nextFile = new CompletableFuture<>();

  WalRotation(Runnable atBoundary) {
    this.atBoundary = atBoundary;
  }

  void runAtBoundary() {
    atBoundary.run();
  }

  void succeed(long nextFileNumber) {
    nextFile.complete(nextFileNumber);
  }

  void fail(SkaldException why) {
    nextFile.completeExceptionally(why);
  }

  long await() {
    try {
      return nextFile.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof SkaldException cause) {
        throw SkaldException.of(cause.kind(), cause.getMessage(), cause);
      }
      throw e;
    }
  }
}
