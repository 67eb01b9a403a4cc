package dev.skald.storage.manifest;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.bytes.Corruption;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.TenantId;
import dev.skald.storage.object.ObjectName;
import dev.skald.storage.segment.SegmentId;
import dev.skald.storage.segment.SegmentSummary;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/** Manifests as bytes; docs/format/manifest.md. */
final class ManifestCodec {
  /** Digits of a manifest's name: every long fits, and names sort as numbers do. */
  private static final int NAME_DIGITS = 20;

  private ManifestCodec() {}

  static ObjectName name(long number) {
    return new ObjectName(ManifestStore.FOLDER, String.format("%0" + NAME_DIGITS + "d", number));
  }

  /** The number that the name says; 0 if it is no manifest's name. */
  static long number(ObjectName name) {
    String digits = name.name();
    if (digits.length() != NAME_DIGITS || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return 0;
    }
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** SHA-256 as 64 hexadecimal digits. */
  static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw SkaldException.of(ErrorKind.BUG, "every Java platform has SHA-256", e);
    }
  }

  static byte[] encode(Manifest manifest) {
    ByteWriter out = new ByteWriter(256 + 96 * manifest.segments().size());
    out.putLong(ManifestLayout.MAGIC);
    out.putInt(ManifestLayout.VERSION);
    out.putInt(0); // length of the body, set below
    out.putInt(0); // checksum, set below
    putBody(out, manifest);
    out.setInt(ManifestLayout.BODY_LENGTH_OFFSET, out.size() - ManifestLayout.BODY_OFFSET);
    out.setInt(ManifestLayout.CRC_OFFSET, checksum(out.array(), out.size()));
    return out.toByteArray();
  }

  private static void putBody(ByteWriter out, Manifest manifest) {
    out.putVarint(manifest.number());
    out.putLong(manifest.nonce());
    out.putVarint(manifest.previousNumber());
    out.putBytes(HexFormat.of().parseHex(manifest.previousHash()));
    out.putLong(manifest.writer());
    out.putVarint(manifest.boundaryEpochSeconds());
    out.putVarint(manifest.walFileFirst());
    Map<TenantId, Integer> tenants = new LinkedHashMap<>();
    for (LiveSegment segment : manifest.segments()) {
      tenants.putIfAbsent(segment.summary().tenant(), tenants.size());
    }
    out.putVarint(tenants.size());
    tenants.keySet().forEach(tenant -> out.putText(tenant.value()));
    out.putVarint(manifest.segments().size());
    for (LiveSegment segment : manifest.segments()) {
      out.putVarint(tenants.getOrDefault(segment.summary().tenant(), 0));
      putSegment(out, segment);
    }
  }

  private static void putSegment(ByteWriter out, LiveSegment segment) {
    SegmentSummary summary = segment.summary();
    out.putLong(summary.id().value());
    out.putSignedVarint(summary.utcDay());
    out.putVarint(summary.rowCount());
    out.putVarint(summary.lineBytes());
    out.putVarint(summary.metadataChars());
    out.putVarint(summary.streamCount());
    out.putVarint(summary.pageCount());
    out.putSignedVarint(summary.minEpochNanos());
    out.putVarint(summary.maxEpochNanos() - summary.minEpochNanos());
    out.putVarint(summary.sizeBytes());
    out.putInt(summary.footerCrc32c());
    out.putVarint(segment.level());
    out.putVarint(segment.order());
  }

  /**
   * @throws SkaldException CORRUPT, or UNSUPPORTED if a newer program wrote it
   */
  static Manifest decode(ObjectName name, byte[] bytes) {
    ByteReader in = new ByteReader(name.path(), bytes);
    long magic = in.readLong();
    if (magic != ManifestLayout.MAGIC) {
      throw Corruption.at(
          name.path(), ManifestLayout.MAGIC_OFFSET, "magic", "SKALDMAN", Long.toHexString(magic));
    }
    int version = in.readInt();
    int bodyLength = in.readInt();
    int crc = in.readInt();
    if (bodyLength != in.remaining()) {
      throw Corruption.at(
          name.path(),
          ManifestLayout.BODY_LENGTH_OFFSET,
          "length of body",
          in.remaining(),
          bodyLength);
    }
    int actual = checksum(bytes, bytes.length);
    if (actual != crc) {
      throw Corruption.at(
          name.path(),
          ManifestLayout.CRC_OFFSET,
          "crc32c",
          Corruption.crcText(crc),
          Corruption.crcText(actual));
    }
    if (version < ManifestLayout.VERSION_MIN || version > ManifestLayout.VERSION) {
      throw new SkaldException(
          ErrorKind.UNSUPPORTED,
          "%s: version %d, known are %d to %d",
          name,
          version,
          ManifestLayout.VERSION_MIN,
          ManifestLayout.VERSION);
    }
    try {
      Manifest manifest = version == 1 ? ManifestVersion1.readBody(in) : readBody(in);
      if (manifest.number() != number(name)) {
        throw in.corrupt("manifest number", number(name), manifest.number());
      }
      return manifest;
    } catch (IllegalArgumentException e) {
      throw in.corrupt("content", "a valid manifest", String.valueOf(e.getMessage()));
    }
  }

  private static Manifest readBody(ByteReader in) {
    long number = in.readLongCount("manifest number");
    long nonce = in.readLong();
    long previousNumber = in.readLongCount("previous number");
    byte[] hash = in.readBytes(previousNumber == 0 ? 0 : Manifest.HASH_BYTES);
    long writer = in.readLong();
    long boundaryEpochSeconds = in.readLongCount("boundary");
    long walFileFirst = in.readLongCount("first wal file");
    List<LiveSegment> segments = readSegments(in);
    in.requireEnd("manifest");
    return new Manifest(
        number,
        nonce,
        previousNumber,
        HexFormat.of().formatHex(hash),
        writer,
        boundaryEpochSeconds,
        walFileFirst,
        segments);
  }

  /** Tenants and segments: the rest of the body, in every version so far. */
  static List<LiveSegment> readSegments(ByteReader in) {
    int tenantCount = in.readCount("tenants", in.remaining());
    List<TenantId> tenants = new ArrayList<>(tenantCount);
    for (int i = 0; i < tenantCount; i++) {
      tenants.add(new TenantId(in.readText("tenant")));
    }
    int segmentCount = in.readCount("segments", in.remaining());
    List<LiveSegment> segments = new ArrayList<>(segmentCount);
    for (int i = 0; i < segmentCount; i++) {
      segments.add(readSegment(in, tenants.get(in.readCount("tenant", tenantCount - 1))));
    }
    return segments;
  }

  private static LiveSegment readSegment(ByteReader in, TenantId tenant) {
    SegmentId id = new SegmentId(in.readLong());
    long utcDay = in.readSignedVarint();
    long rowCount = in.readLongCount("rows");
    long lineBytes = in.readLongCount("line bytes");
    long metadataChars = in.readLongCount("metadata characters");
    int streamCount = in.readCount("streams", Integer.MAX_VALUE);
    int pageCount = in.readCount("pages", Integer.MAX_VALUE);
    long minEpochNanos = in.readSignedVarint();
    long maxEpochNanos = minEpochNanos + in.readVarint();
    long sizeBytes = in.readLongCount("size");
    int footerCrc32c = in.readInt();
    SegmentSummary summary =
        new SegmentSummary(
            id,
            tenant,
            utcDay,
            rowCount,
            lineBytes,
            metadataChars,
            streamCount,
            pageCount,
            minEpochNanos,
            maxEpochNanos,
            sizeBytes,
            footerCrc32c);
    int level = in.readCount("level", Integer.MAX_VALUE);
    return new LiveSegment(summary, level, in.readLongCount("order"));
  }

  /** Over everything but the checksum itself. */
  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, ManifestLayout.CRC_OFFSET);
    crc.update(bytes, ManifestLayout.BODY_OFFSET, length - ManifestLayout.BODY_OFFSET);
    return (int) crc.getValue();
  }
}
