/**
 * HTTP: one file per endpoint group, routes, and the one place where an error becomes a status. {@link HttpFront} is
 * Jetty's handler; endpoints see an {@link Exchange} and answer a {@link Reply}, and know nothing of Jetty.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.server.http;
