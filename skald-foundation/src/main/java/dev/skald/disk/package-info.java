/** The file port: create once, append, sync, rename, list, map. Its contract is {@link Disk}; nothing else touches files. */
@org.jspecify.annotations.NullMarked
package dev.skald.disk;
