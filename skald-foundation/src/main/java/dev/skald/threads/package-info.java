/** Starts threads: virtual ones wait, a fixed pool computes. Nothing else in Skald creates a thread. */
@org.jspecify.annotations.NullMarked
package dev.skald.threads;
