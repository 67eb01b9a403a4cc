/**
 * What is to go: rows past their retention, rows that somebody asked to delete. Hidden from queries
 * at once, removed from the disk by upkeep. Knows when and which rows; does not know how segments
 * are rewritten, nor LogQL: a delete request's query is compiled by a port. Start with {@link
 * dev.skald.storage.retention.Deletions} and {@link dev.skald.storage.retention.RetentionRules}; when
 * age counts: {@link dev.skald.storage.retention.ExpiryClock}; bytes: docs/format/deletes.md.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.storage.retention;
