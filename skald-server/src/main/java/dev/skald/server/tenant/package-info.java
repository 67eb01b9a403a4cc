/** Who asks and for whom: the one place where a request gets its tenant. Start with {@link TenantGate}. */
@org.jspecify.annotations.NullMarked
package dev.skald.server.tenant;
