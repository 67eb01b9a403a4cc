/**
 * Tails: queries whose answers go on. A {@link TailFeed} runs one query over what becomes visible, once for all clients
 * that asked the same; a {@link TailClient} joins history and feed without a gap for one of them, and drops what a slow
 * one does not take. Knows nothing of sockets. Start with {@link TailService}.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.query.tail;
