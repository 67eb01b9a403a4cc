/**
 * Which rows are to go, and since when: past their retention, or asked to be deleted. Keeps delete
 * requests durably. Does not know how segments are written anew, nor LogQL. Start with {@link
 * dev.skald.storage.removal.Deletions}; when age counts: {@link
 * dev.skald.storage.removal.ExpiryClock}; bytes: docs/format/deletes.md.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.storage.removal;
