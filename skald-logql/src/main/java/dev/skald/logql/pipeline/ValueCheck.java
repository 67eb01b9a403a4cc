package dev.skald.logql.pipeline;

import dev.skald.model.Stamp;
import java.util.List;

/** A question to one slot value by itself. Equal checks ask the same. Immutable. */
sealed interface ValueCheck {
  /** Whether all values of a column pass, as far as its stamp tells. */
  boolean holdsForAll(Stamp stamp);

  boolean holds(byte[] bytes, int start, int end);

  /** The JSON word for nothing. */
  record IsNull() implements ValueCheck {
    @Override
    public boolean holdsForAll(Stamp stamp) {
      return false;
    }

    @Override
    public boolean holds(byte[] bytes, int start, int end) {
      return JsonText.is(bytes, start, end, "null");
    }
  }

  /** None of some bytes, and not too few. */
  record Without(ByteSet bytes, int lengthMin) implements ValueCheck {
    @Override
    public boolean holdsForAll(Stamp stamp) {
      return bytes.isAbsentFrom(stamp) && stamp.lengthMin() >= lengthMin;
    }

    @Override
    public boolean holds(byte[] value, int start, int end) {
      return end - start >= lengthMin && bytes.isAbsentFrom(value, start, end);
    }
  }

  /** One of several checks, each of which is enough; the first is made where no stamp tells. */
  record OneOf(List<ValueCheck> checks) implements ValueCheck {
    public OneOf {
      checks = List.copyOf(checks);
    }

    @Override
    public boolean holdsForAll(Stamp stamp) {
      return checks.stream().anyMatch(check -> check.holdsForAll(stamp));
    }

    @Override
    public boolean holds(byte[] bytes, int start, int end) {
      return checks.getFirst().holds(bytes, start, end);
    }
  }

  /** An array or object whose braces match, brackets aside; so that it ends where any reader says. */
  record Nested(Objects objects) implements ValueCheck {
    private static final ByteSet BRACES = ByteSet.of("{}");

    /** Whether it may be an object. */
    enum Objects {
      REFUSED,
      ALLOWED
    }

    @Override
    public boolean holdsForAll(Stamp stamp) {
      return BRACES.isAbsentFrom(stamp);
    }

    @Override
    public boolean holds(byte[] bytes, int start, int end) {
      if (start == end) {
        return false;
      }
      return bytes[start] == '['
          ? JsonStep.balancedArrayEnd(bytes, start, end) == end
          : objects == Objects.ALLOWED && JsonText.blockEnd(bytes, start, end, '{', '}') == end;
    }
  }

  /**
   * Holds some bytes one after the other, each as early as it can be, and behind the last none of some others.
   *
   * @param passed the bytes, as characters up to 255
   */
  record Passing(String passed, ByteSet behind) implements ValueCheck {
    @Override
    public boolean holdsForAll(Stamp stamp) {
      return false;
    }

    @Override
    public boolean holds(byte[] bytes, int start, int end) {
      int at = start;
      for (int i = 0; i < passed.length(); i++) {
        while (at < end && (bytes[at] & 0xff) != passed.charAt(i)) {
          at++;
        }
        if (at == end) {
          return false;
        }
        at++;
      }
      return behind.isAbsentFrom(bytes, at, end);
    }
  }
}
