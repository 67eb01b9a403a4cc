package dev.skald.threads;

import dev.skald.error.SkaldException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What one thread waits for and another brings about: a value, or why there is none. The first word counts. */
public final class Outcome<T> {
  private final CompletableFuture<T> future = new CompletableFuture<>();

  public void succeed(T value) {
    future.complete(value);
  }

  public void fail(SkaldException why) {
    future.completeExceptionally(why);
  }

  public boolean isKnown() {
    return future.isDone();
  }

  /**
   * Waits for it. An interrupt does not end the wait.
   *
   * @throws SkaldException of the kind and with the text of the failure, and with the waiter's own stack
   */
  public T await() {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof SkaldException cause) {
        throw SkaldException.of(cause.kind(), cause.getMessage(), cause);
      }
      throw e;
    }
  }
}
