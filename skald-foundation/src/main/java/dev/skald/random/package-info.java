/** The only source of randomness, so that a test can print and replay a seed. */
@org.jspecify.annotations.NullMarked
package dev.skald.random;
