package dev.skald.server.tenant;

import dev.skald.error.SkaldException;
import dev.skald.ingest.TenantHeader;
import dev.skald.model.TenantId;
import java.util.Optional;

/** Turns a request's {@code X-Scope-OrgID} into its tenant (spec http-api.md 1.1). */
public interface TenantGate {
  /**
   * @throws SkaldException UNAUTHENTICATED without a header where one is needed, BAD_REQUEST for one that is no tenant
   */
  TenantId tenant(Optional<String> header);

  /** {@code auth_enabled: false}: the header is ignored. */
  static TenantGate open(TenantId tenant) {
    return header -> tenant;
  }

  /** {@code auth_enabled: true}. */
  static TenantGate byHeader() {
    return header -> {
      try {
        return TenantHeader.parseSingle(header.orElse(""));
      } catch (SkaldException e) {
        throw SkaldException.of(e.kind(), e.getMessage() + "\n", e); // as Loki's door ends it
      }
    };
  }
}
