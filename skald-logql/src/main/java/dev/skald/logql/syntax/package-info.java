/**
 * LogQL's text and tree: lexer, parser, printer. A tree is records; it knows nothing of execution,
 * and every node keeps its {@link Span} so that errors can point. {@code parse(print(tree))} equals
 * the tree, spans aside. Start with {@link Expr}; the language: docs/language/.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.logql.syntax;
