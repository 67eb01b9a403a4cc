/**
 * Configuration: YAML text to immutable records and back. A file becomes a tree of {@link ConfigValue}s that
 * remember their lines; several trees lie over each other; a record describes its keys by its components
 * ({@link Doc}, {@link Default}); {@link ConfigBinder} makes the record, {@link ConfigYaml} prints it and
 * {@link ReferencePage} writes its manual. Knows no key by name: those are the programs' own. Start with
 * {@link ConfigBinder}.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.config;
