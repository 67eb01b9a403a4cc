/**
 * The program: {@link Main} builds the machine from top to bottom in one readable method, and stops it in reverse. Read
 * this room first.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.server;
