/** Checked readers and writers of little-endian bytes and varints, and the CRC32C that guards them. */
@org.jspecify.annotations.NullMarked
package dev.skald.bytes;
