package dev.skald.storage.shape;

import dev.skald.bytes.ByteReader;

/** How the bytes of a frame are kept. */
enum FramePacking {
  /** As they are. */
  RAW(0),
  /** As one zstd frame (RFC 8878) that says its content size. */
  ZSTD(1);

  private final int code;

  FramePacking(int code) {
    this.code = code;
  }

  /** As stored. */
  int code() {
    return code;
  }

  static FramePacking read(ByteReader in) {
    int code = in.readByte();
    return switch (code) {
      case 0 -> RAW;
      case 1 -> ZSTD;
      default -> throw in.corrupt("packing of frame", "0 or 1", code);
    };
  }
}
