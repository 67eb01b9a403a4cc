package dev.skald.storage.manifest;

import dev.skald.storage.object.ObjectName;

/**
 * A manifest, or the copy of one, that cannot be read.
 *
 * @param damage says where
 */
public record BrokenManifest(ObjectName name, String damage) {
  static BrokenManifest missing(ObjectName name) {
    return new BrokenManifest(name, name + ": not there, and its copy is");
  }
}
