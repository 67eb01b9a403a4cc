package dev.skald.query.tail;

import dev.skald.logql.syntax.Expr;
import dev.skald.model.TenantId;

/** A tail that was read and not begun. */
public record TailPlan(TenantId tenant, TailRequest request, Expr expr) {}
