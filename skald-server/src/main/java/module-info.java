/** HTTP, tenants, configuration, and the one main that wires. */
@org.jspecify.annotations.NullMarked
module dev.skald.server {
  requires static transitive org.jspecify;
  requires transitive dev.skald.foundation;
}
