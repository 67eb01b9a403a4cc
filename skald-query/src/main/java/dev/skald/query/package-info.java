/**
 * The read path of one process: checks a request against its tenant's limits, waits for a turn, runs it, answers. The
 * store and the engine meet here and nowhere else ({@link StoreLogSource}). Start with {@link QueryService}.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.query;
