/**
 * What a Skald server is told: Loki's configuration files and flags, read into {@link SkaldConfig}. A key that means
 * something here is a component of a record; a key that Loki knows and Skald has no use for is in
 * {@code known-keys.txt} and accepted; a key of earlier releases is mapped or dropped with a warning
 * ({@link ObsoleteKeys}); any other key fails the start with its line. Knows nothing of what the values do. Start with
 * {@link ConfigLoader}; the manual generated from the records is docs/config.md.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.server.config;
