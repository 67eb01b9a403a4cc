package dev.skald.server.tenant;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.ingest.TenantHeader;
import dev.skald.model.TenantId;
import java.util.List;
import java.util.Optional;

/** Turns a request's {@code X-Scope-OrgID} into its tenants (spec http-api.md 1.1). */
public interface TenantGate {
  /**
   * Whom a push, or whatever else cannot be done for several, is for.
   *
   * @throws SkaldException UNAUTHENTICATED without a header where one is needed, BAD_REQUEST for one that is no tenant
   */
  TenantId tenant(Optional<String> header);

  /**
   * Whom a query is about; mostly one.
   *
   * @throws SkaldException as {@link #tenant}
   */
  List<TenantId> tenants(Optional<String> header);

  /** {@code querier.multi_tenant_queries_enabled}. */
  enum Queries {
    OF_ONE_TENANT,
    OF_SEVERAL_TENANTS
  }

  /** {@code auth_enabled: false}: the header is ignored. */
  static TenantGate open(TenantId tenant) {
    return new TenantGate() {
      @Override
      public TenantId tenant(Optional<String> header) {
        return tenant;
      }

      @Override
      public List<TenantId> tenants(Optional<String> header) {
        return List.of(tenant);
      }
    };
  }

  /** {@code auth_enabled: true}. */
  static TenantGate byHeader(Queries queries) {
    return new TenantGate() {
      @Override
      public TenantId tenant(Optional<String> header) {
        try {
          return TenantHeader.parseSingle(header.orElse(""));
        } catch (SkaldException e) {
          throw SkaldException.of(e.kind(), e.getMessage() + "\n", e); // as Loki's door ends it
        }
      }

      @Override
      public List<TenantId> tenants(Optional<String> header) {
        return switch (queries) {
          case OF_ONE_TENANT -> List.of(tenant(header));
          case OF_SEVERAL_TENANTS -> several(header);
        };
      }
    };
  }

  private static List<TenantId> several(Optional<String> header) {
    try {
      return TenantHeader.parse(header.orElse(""));
    } catch (SkaldException e) {
      boolean isMissing = e.kind() == ErrorKind.UNAUTHENTICATED;
      throw SkaldException.of(e.kind(), e.getMessage() + (isMissing ? "\n" : ""), e);
    }
  }
}
