/** Properties over random input: {@link ForAll}. A failure prints the seed that repeats it. */
@org.jspecify.annotations.NullMarked
package dev.skald.property;
