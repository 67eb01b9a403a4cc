package dev.skald.storage.removal;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.bytes.Corruption;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.TenantId;
import dev.skald.storage.object.ObjectName;
import dev.skald.storage.retention.DeleteRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** All delete requests as bytes; docs/format/deletes.md. */
final class DeleteLogCodec {
  static final String FOLDER = "delete";

  /** "SKALDDEL" as it stands in the file. */
  private static final long MAGIC = 0x4c4544444c414b53L;

  private static final int VERSION = 1;
  private static final int VERSION_OFFSET = Long.BYTES;
  private static final int BODY_LENGTH_OFFSET = VERSION_OFFSET + Integer.BYTES;
  private static final int CRC_OFFSET = BODY_LENGTH_OFFSET + Integer.BYTES;
  private static final int BODY_OFFSET = CRC_OFFSET + Integer.BYTES;
  private static final int NAME_DIGITS = 20;
  private static final int PROCESSED = 1;
  private static final int FORCED = 2;

  private DeleteLogCodec() {}

  static ObjectName name(long number) {
    return new ObjectName(FOLDER, String.format("%0" + NAME_DIGITS + "d", number));
  }

  /** The number that the name says; 0 if it is no such name. */
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

  /**
   * @param nonce tells two logs of equal content apart
   */
  static byte[] encode(long number, long nonce, List<DeleteRequest> requests) {
    ByteWriter out = new ByteWriter(256 + 128 * requests.size());
    out.putLong(MAGIC);
    out.putInt(VERSION);
    out.putInt(0); // length of the body, set below
    out.putInt(0); // checksum, set below
    out.putVarint(number);
    out.putLong(nonce);
    out.putVarint(requests.size());
    for (DeleteRequest request : requests) {
      out.putText(request.id());
      out.putText(request.tenant().value());
      out.putText(request.query());
      out.putSignedVarint(request.startEpochNanos());
      out.putVarint(request.endEpochNanos() - request.startEpochNanos());
      out.putSignedVarint(request.createdEpochNanos());
      out.putByte(
          (request.status() == DeleteRequest.Status.PROCESSED ? PROCESSED : 0)
              | (request.force() == DeleteRequest.Force.FORCED ? FORCED : 0));
      out.putVarint(request.rowsDeleted());
    }
    out.setInt(BODY_LENGTH_OFFSET, out.size() - BODY_OFFSET);
    out.setInt(CRC_OFFSET, checksum(out.array(), out.size()));
    return out.toByteArray();
  }

  /**
   * @throws SkaldException CORRUPT, or UNSUPPORTED if a newer program wrote it
   */
  static List<DeleteRequest> decode(ObjectName name, byte[] bytes) {
    ByteReader in = new ByteReader(name.path(), bytes);
    long magic = in.readLong();
    if (magic != MAGIC) {
      throw Corruption.at(name.path(), 0, "magic", "SKALDDEL", Long.toHexString(magic));
    }
    int version = in.readInt();
    int length = in.readInt();
    int crc = in.readInt();
    if (length != in.remaining()) {
      throw Corruption.at(
          name.path(), BODY_LENGTH_OFFSET, "length of body", in.remaining(), length);
    }
    int actual = checksum(bytes, bytes.length);
    if (actual != crc) {
      throw Corruption.at(
          name.path(), CRC_OFFSET, "crc32c", Corruption.crcText(crc), Corruption.crcText(actual));
    }
    if (version != VERSION) {
      throw new SkaldException(
          ErrorKind.UNSUPPORTED, "%s: version %d, known is %d", name, version, VERSION);
    }
    try {
      return readBody(name, in);
    } catch (IllegalArgumentException e) {
      throw in.corrupt("content", "valid delete requests", String.valueOf(e.getMessage()));
    }
  }

  private static List<DeleteRequest> readBody(ObjectName name, ByteReader in) {
    long number = in.readLongCount("number");
    if (number != number(name)) {
      throw in.corrupt("number", number(name), number);
    }
    in.readLong();
    int count = in.readCount("requests", in.remaining());
    List<DeleteRequest> requests = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String id = in.readText("id");
      TenantId tenant = new TenantId(in.readText("tenant"));
      String query = in.readText("query");
      long start = in.readSignedVarint();
      long end = start + in.readVarint();
      long created = in.readSignedVarint();
      int flags = in.readByte();
      requests.add(
          new DeleteRequest(
              id,
              tenant,
              query,
              start,
              end,
              created,
              (flags & FORCED) != 0 ? DeleteRequest.Force.FORCED : DeleteRequest.Force.LIMITED,
              (flags & PROCESSED) != 0
                  ? DeleteRequest.Status.PROCESSED
                  : DeleteRequest.Status.RECEIVED,
              in.readLongCount("rows deleted")));
    }
    in.requireEnd("delete requests");
    return requests;
  }

  /** Over everything but the checksum itself. */
  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, CRC_OFFSET);
    crc.update(bytes, BODY_OFFSET, length - BODY_OFFSET);
    return (int) crc.getValue();
  }
}
