package dev.skald.storage.column;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.model.SlotColumn;
import dev.skald.model.Stamp;

/**
 * What has to be known of a column before its body is read: how it is encoded, its parameters, its stamp, and how long
 * the body is; docs/format/column.md. Immutable.
 */
public sealed interface ColumnHead
    permits ConstHead,
        DictHead,
        IntHead,
        DecimalHead,
        DateHead,
        DigitsHead,
        HexHead,
        AffixHead,
        PatchedHead,
        StringsHead,
        NestedStringsHead {
  /** How deep heads may stand in heads. */
  int DEPTH_MAX = 6;

  /** What is known of all values. */
  Stamp stamp();

  /** Length of the body. */
  int bodyBytes();

  /** How much of the body zstd may make smaller. */
  int compressibleBytes();

  /** Whether the body is to be stored as it is: zstd would not make it smaller by much. */
  default boolean isDense() {
    return (long) compressibleBytes() * 10 < bodyBytes();
  }

  /** Appends the head. */
  void write(ByteWriter out);

  /**
   * The values.
   *
   * @param count how many
   * @param body borrowed as long as the column lives
   * @param start where in it the body begins
   * @throws dev.skald.error.SkaldException CORRUPT if these bytes can be no such column
   */
  default SlotColumn open(int count, byte[] body, int start) {
    if (start < 0 || start > body.length - bodyBytes()) {
      throw new IndexOutOfBoundsException(
          start + " and " + bodyBytes() + " bytes of " + body.length);
    }
    return open(count, new ByteReader("column", start, body, start, start + bodyBytes()));
  }

  /** As above; {@code body} is the body and nothing more. */
  SlotColumn open(int count, ByteReader body);

  /** Whether most of the body is looked at where it lies, so that it need not be copied. */
  default boolean isReadAsStored() {
    return false;
  }

  /** As above, of a body that begins where {@code body} does; what is read as stored stays there. */
  default SlotColumn open(int count, MappedBody body) {
    return open(count, body.copy(bodyBytes()));
  }

  /**
   * Only the values at {@code positions}, which ascend: value {@code i} of the answer is value {@code
   * positions[i]}. Where that can be helped the others are not decoded, and so not checked.
   *
   * @param body is the body and nothing more
   * @param marks of this body, the same at each call
   * @throws dev.skald.error.SkaldException CORRUPT
   */
  default SlotColumn pick(int count, int[] positions, ByteReader body, ColumnMarks marks) {
    return new PickedColumn(open(count, body), positions);
  }

  /**
   * Reads a head that {@link #write} wrote.
   *
   * @param nested reads heads of values that were taken apart
   * @throws dev.skald.error.SkaldException CORRUPT
   */
  static ColumnHead read(ByteReader in, NestedStrings nested) {
    return read(in, nested, 0);
  }

  /** As above, for a head that stands in others. */
  static ColumnHead read(ByteReader in, NestedStrings nested, int depth) {
    if (depth > DEPTH_MAX) {
      throw in.corrupt("column heads in each other", "at most " + DEPTH_MAX, depth);
    }
    int encoding = in.readByte();
    return switch (encoding) {
      case ConstHead.CODE -> ConstHead.readRest(in);
      case DictHead.CODE -> DictHead.readRest(in, nested, depth);
      case IntHead.CODE -> IntHead.readRest(in);
      case DecimalHead.CODE -> DecimalHead.readRest(in);
      case DateHead.CODE -> DateHead.readRest(in);
      case DigitsHead.CODE -> DigitsHead.readRest(in);
      case HexHead.CODE -> HexHead.readRest(in);
      case AffixHead.CODE -> AffixHead.readRest(in, nested, depth);
      case StringsHead.CODE -> StringsHead.readRest(in);
      case NestedStringsHead.CODE -> new NestedStringsHead(nested.read(in));
      case PatchedHead.CODE -> PatchedHead.readRest(in, nested, depth);
      default -> throw in.corrupt("encoding of column", "a known one", encoding);
    };
  }
}
