package dev.skald.config;

import dev.skald.config.ConfigValue.Entry;
import dev.skald.config.ConfigValue.Mapping;
import dev.skald.config.ConfigValue.Quoting;
import dev.skald.config.ConfigValue.Scalar;
import dev.skald.config.ConfigValue.Sequence;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * YAML text to {@link ConfigValue}s. Scalars stay text, so that a key's own type decides ({@code yes} is a boolean
 * where one is expected, and a string elsewhere). A key that is given twice is an error; {@code <<} merges.
 */
public final class YamlReader {
  /** More nodes than any real file has; stops a file whose aliases multiply. */
  private static final int NODES_MAX = 200_000;

  /** Deeper than any real file; stops one that refers to itself. */
  private static final int DEPTH_MAX = 100;

  private final String source;
  private int nodes;

  private YamlReader(String source) {
    this.source = source;
  }

  /**
   * Reads one document; an empty one is an empty map.
   *
   * @param source the file's name for messages
   * @throws SkaldException of kind BAD_REQUEST naming file and line
   */
  public static Mapping read(String source, String text) {
    LoadSettings settings = LoadSettings.builder().setLabel(source).build();
    Optional<Node> root;
    try {
      root = new Compose(settings).composeString(text);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      throw fail(new Origin(source, line), "not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw fail(Origin.of(source), "not YAML: " + e.getMessage());
    }
    if (root.isEmpty()) {
      return Mapping.empty(Origin.of(source));
    }
    ConfigValue value = new YamlReader(source).value(root.get(), 0);
    if (value instanceof Scalar scalar && scalar.isNull()) {
      return Mapping.empty(scalar.origin());
    }
    if (value instanceof Mapping mapping) {
      return mapping;
    }
    throw fail(value.origin(), "expected a map of keys at the top");
  }

  private ConfigValue value(Node node, int depth) {
    Origin origin = origin(node);
    if (++nodes > NODES_MAX || depth > DEPTH_MAX) {
      throw fail(origin, "too many values: at most " + NODES_MAX + ", nested " + DEPTH_MAX);
    }
    if (node instanceof ScalarNode scalar) {
      Quoting quoting =
          scalar.getScalarStyle() == ScalarStyle.PLAIN ? Quoting.PLAIN : Quoting.QUOTED;
      return new Scalar(scalar.getValue(), quoting, origin);
    }
    if (node instanceof SequenceNode sequence) {
      List<ConfigValue> items = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        items.add(value(item, depth + 1));
      }
      return new Sequence(items, origin);
    }
    if (node instanceof MappingNode mapping) {
      return mapping(mapping, depth);
    }
    throw fail(origin, "unexpected " + node.getNodeType());
  }

  private Mapping mapping(MappingNode node, int depth) {
    LinkedHashMap<String, Entry> entries = new LinkedHashMap<>();
    List<ConfigValue> merged = new ArrayList<>();
    for (NodeTuple tuple : node.getValue()) {
      Origin origin = origin(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw fail(origin, "a key must be text");
      }
      ConfigValue value = value(tuple.getValueNode(), depth + 1);
      if (key.getValue().equals("<<") && key.getScalarStyle() == ScalarStyle.PLAIN) {
        merged.add(value);
        continue;
      }
      Entry first = entries.putIfAbsent(key.getValue(), new Entry(origin, value));
      if (first != null) {
        String where = "; first in line " + first.origin().line();
        throw fail(origin, "key " + key.getValue() + " given twice" + where);
      }
    }
    for (ConfigValue value : merged) {
      merge(value, entries);
    }
    return new Mapping(entries, origin(node));
  }

  /** YAML 1.1 merge keys: what is written here wins over what is merged in. */
  private static void merge(ConfigValue value, Map<String, Entry> into) {
    switch (value) {
      case Mapping mapping -> mapping.entries().forEach(into::putIfAbsent);
      case Sequence sequence -> sequence.items().forEach(item -> merge(item, into));
      case Scalar scalar -> throw fail(scalar.origin(), "<< expects a map or a list of maps");
    }
  }

  private Origin origin(Node node) {
    return new Origin(source, node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0));
  }

  private static SkaldException fail(Origin origin, String problem) {
    return SkaldException.of(ErrorKind.BAD_REQUEST, origin + ": " + problem);
  }
}
