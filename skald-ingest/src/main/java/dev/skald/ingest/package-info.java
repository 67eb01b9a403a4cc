/**
 * The write path: a push is decoded, checked against its tenant's limits, given a service name and
 * levels, and appended to the store; what is wrong is dropped and told, the rest is kept. Knows no
 * sockets and no configuration files. Start with {@link dev.skald.ingest.Ingester}; the order of
 * the stages and the texts are Loki's: the pages on its HTTP API (section 2.5) and on its limits
 * (section 1).
 */
@org.jspecify.annotations.NullMarked
package dev.skald.ingest;
