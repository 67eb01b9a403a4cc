package dev.skald.error;

/** Why something failed, as its caller must treat it. The HTTP status is chosen from it in one place. */
public enum ErrorKind {
  /** The request is wrong and stays wrong when repeated. */
  BAD_REQUEST,
  /** The request is well-formed but beyond a limit. */
  LIMIT,
  /** Too much in too short a time; the same request may pass later. */
  RATE_LIMITED,
  /** A body beyond the size that is read at all. */
  TOO_LARGE,
  /** What was asked for is not there. */
  NOT_FOUND,
  /** Who asks is not known. */
  UNAUTHENTICATED,
  /** Understood, and not built. */
  UNSUPPORTED,
  /** Nothing wrong with the request; the server cannot serve it now (full disk, full memory, stopping). */
  UNAVAILABLE,
  /** The query ran out of its time. */
  TIMEOUT,
  /** The client went away. */
  CANCELLED,
  /** Stored bytes are not what was written. */
  CORRUPT,
  /** A failed invariant of ours. */
  BUG
}
