/**
 * Black-box proof: a real process is started, spoken to over HTTP, killed, and asked again. {@link RecordedAnswersTest}
 * runs the recorded answers of the reference; {@link KillTest} proves that an acknowledged entry survives.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.conformance;
