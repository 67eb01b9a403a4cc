/** The Go-template subset behind {@code line_format} and {@code label_format}. Start with {@link Template}. */
@org.jspecify.annotations.NullMarked
package dev.skald.logql.template;
