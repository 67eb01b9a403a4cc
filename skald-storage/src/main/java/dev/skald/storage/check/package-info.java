/**
 * Reads a whole data directory and says what is wrong with it; changes nothing. Start with {@link
 * dev.skald.storage.check.StoreCheck}. Runs after each storage test, and ships to operators as
 * {@code skald check}.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.storage.check;
