package dev.skald.logql.template;

/** A parsed template. Immutable; safe for concurrent use. */
public final class Template {
  private Template() {}
}
