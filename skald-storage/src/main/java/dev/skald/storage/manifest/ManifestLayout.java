package dev.skald.storage.manifest;

/** Offsets of a manifest's bytes; see docs/format/manifest.md. Little-endian. */
final class ManifestLayout {
  /** "SKALDMAN" as it stands in the file. */
  static final long MAGIC = 0x4e414d444c414b53L;

  static final int VERSION = 2;

  /** Oldest version that is read; {@link ManifestVersion1}. */
  static final int VERSION_MIN = 1;

  static final int MAGIC_OFFSET = 0;
  static final int VERSION_OFFSET = MAGIC_OFFSET + Long.BYTES;
  static final int BODY_LENGTH_OFFSET = VERSION_OFFSET + Integer.BYTES;
  static final int CRC_OFFSET = BODY_LENGTH_OFFSET + Integer.BYTES; // over all bytes but itself
  static final int BODY_OFFSET = CRC_OFFSET + Integer.BYTES;

  private ManifestLayout() {}
}
