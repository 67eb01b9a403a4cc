/** Failures that leave a room: a closed set of kinds, mapped to HTTP once. Start with {@link ErrorKind}. */
@org.jspecify.annotations.NullMarked
package dev.skald.error;
