/**
 * Numbers behind claims: JMH benchmarks, run with {@code ./skald bench [JMH arguments]}; figures
 * stand in docs/benchmarks.md. A score is MB of lines per second, see {@link
 * dev.skald.benchmarks.MegabyteBenchmark}.
 *
 * <p>There is no module-info here: JMH forks JVMs on the class path and looks into generated
 * classes.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.benchmarks;
