/** Skald's own log lines: logfmt or JSON on standard error, as Loki's users expect them. */
@org.jspecify.annotations.NullMarked
package dev.skald.server.log;
