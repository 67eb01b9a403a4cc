package dev.skald.storage.wal;

import dev.skald.threads.Outcome;

/** A rotation on its way, awaited by the thread that asked for it; its outcome is the next file's number. */
record WalRotation(Runnable atBoundary, Outcome<Long> nextFile) {
  static WalRotation of(Runnable atBoundary) {
    return new WalRotation(atBoundary, new Outcome<>());
  }
}
