/**
 * The object-store port: immutable objects under names made once, seen wholly or not at all. Its
 * contract is {@link dev.skald.storage.object.ObjectStore}; a local directory implements it. Knows
 * nothing of what objects hold.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.storage.object;
