package dev.skald.storage.manifest;

import dev.skald.bytes.ByteReader;
import java.util.HexFormat;
import java.util.List;

/** The body of a manifest of version 1: it knew neither writer nor boundary. */
final class ManifestVersion1 {
  private ManifestVersion1() {}

  static Manifest readBody(ByteReader in) {
    long number = in.readLongCount("manifest number");
    long nonce = in.readLong();
    long previousNumber = in.readLongCount("previous number");
    byte[] hash = in.readBytes(previousNumber == 0 ? 0 : Manifest.HASH_BYTES);
    long walFileFirst = in.readLongCount("first wal file");
    List<LiveSegment> segments = ManifestCodec.readSegments(in);
    in.requireEnd("manifest");
    return new Manifest(
        number,
        nonce,
        previousNumber,
        HexFormat.of().formatHex(hash),
        0,
        0,
        walFileFirst,
        segments);
  }
}
