/**
 * The language inside {@code line_format} and {@code label_format}: the subset of Go's
 * text/template that works on a row's labels, with LogQL's functions (spec logql.md 7). Text goes
 * through {@link dev.skald.logql.template.TemplateLexer} and {@link
 * dev.skald.logql.template.TemplateParser} to a tree ({@link dev.skald.logql.template.Node}) that
 * {@link dev.skald.logql.template.Evaluation} walks once per row; functions live in one file per
 * family. Output, work and depth are bounded by {@link dev.skald.logql.template.TemplateLimits}.
 *
 * <p>Invariant: what a template prints and what it complains about is what Go prints and complains
 * about, word for word. Knows nothing of stages, streams or queries. Start with {@link
 * dev.skald.logql.template.Template}.
 *
 * <p>Semantics: <a href="https://pkg.go.dev/text/template">text/template</a>, <a
 * href="https://pkg.go.dev/fmt">fmt</a>, <a href="https://pkg.go.dev/time">time</a>.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.logql.template;
