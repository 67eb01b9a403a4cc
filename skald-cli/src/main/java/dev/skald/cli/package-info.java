/**
 * The operator's commands: one class each, all told to {@link dev.skald.cli.Main}. A command prints
 * to the streams that it is given and answers with an exit status; it never ends the process
 * itself.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.cli;
