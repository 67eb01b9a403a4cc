/**
 * The manifest: which segments are the store, and from which WAL file on the rest is. Creating the
 * next numbered manifest is the only commit there is. Start with {@link
 * dev.skald.storage.manifest.ManifestStore}; bytes: docs/format/manifest.md.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.storage.manifest;
