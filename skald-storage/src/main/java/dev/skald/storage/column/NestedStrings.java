package dev.skald.storage.column;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.SlotColumn;
import dev.skald.model.Stamp;
import org.jspecify.annotations.Nullable;

/** An encoding from outside this room, for values that have a structure of their own. */
public interface NestedStrings {
  /** Leaves strings as they are. */
  NestedStrings NONE =
      new NestedStrings() {
        @Override
        public @Nullable Head tryEncode(ValueSlices values, ByteWriter body) {
          return null;
        }

        @Override
        public Head read(ByteReader in) {
          throw new SkaldException(
              ErrorKind.UNSUPPORTED, "nested strings in a column where none are known");
        }
      };

  /** The head of such a column; its contract is that of {@link ColumnHead}. */
  interface Head {
    Stamp stamp();

    int bodyBytes();

    /** See {@link ColumnHead#isDense}. */
    boolean isDense();

    /** Appends what {@link NestedStrings#read} reads. */
    void write(ByteWriter out);

    /** {@code body} is the body and nothing more; its array is borrowed as long as the column lives. */
    SlotColumn open(int count, ByteReader body);
  }

  /**
   * Appends the values to {@code body} and returns their head, or appends nothing and returns null if plain strings
   * are likely to be smaller. Called by an encoder in the midst of its work: it must not call that encoder.
   *
   * @param values borrowed; at least two
   */
  @Nullable Head tryEncode(ValueSlices values, ByteWriter body);

  /**
   * Reads a head.
   *
   * @throws SkaldException CORRUPT
   */
  Head read(ByteReader in);
}
