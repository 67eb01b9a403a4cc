/**
 * The file port: create once, append, sync, rename, list, map. Its contract is {@link Disk}, in
 * production {@link FileDisk}; nothing else touches files.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.disk;
