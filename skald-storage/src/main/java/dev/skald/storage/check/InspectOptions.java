package dev.skald.storage.check;

/**
 * How much of a page is shown.
 *
 * @param shapes most shapes of a page, most frequent first
 * @param columns most columns of a page, largest first
 */
public record InspectOptions(int shapes, int columns) {
  public static final InspectOptions DEFAULT = new InspectOptions(10, 20);

  public InspectOptions {
    if (shapes < 0 || columns < 0) {
      throw new IllegalArgumentException("shapes=" + shapes + " columns=" + columns);
    }
  }
}
