/**
 * The words everyone speaks. Values here are immutable and cannot be wrong; {@link Page} and {@link EntryBatch} are the
 * exceptions, made for speed, and say who owns their arrays. Knows nothing of files, sockets or LogQL's text. (It knows
 * {@code skald-grep}, its neighbour on floor 1, because a {@link Matcher} is used by storage and by LogQL alike and
 * both need the same {@link MatcherTest}.) Start with {@link Page}; words: docs/glossary.md.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.model;
