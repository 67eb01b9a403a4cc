/** The only place that asks the system for time. Everything else takes {@link EpochClock} or {@link Ticker}. */
@org.jspecify.annotations.NullMarked
package dev.skald.clock;
