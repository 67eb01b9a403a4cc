package dev.skald.logql.template;

import java.util.Map;

/**
 * A template's tree.
 *
 * @param blocks of every name that {@code {{template}}} may call, the template's own included
 */
record ParsedTemplate(Node.Block root, Map<String, Node.Block> blocks) {
  ParsedTemplate {
    blocks = Map.copyOf(blocks);
  }
}
