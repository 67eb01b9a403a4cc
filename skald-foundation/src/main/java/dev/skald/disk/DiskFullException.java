package dev.skald.disk;

import java.io.IOException;

/** No space left. Nothing is wrong with the files; writing may succeed later. */
public final class DiskFullException extends IOException {
  private static final long serialVersionUID = 1L;

  public DiskFullException(String message, Throwable cause) {
    super(message, cause);
  }
}
