package dev.skald.ruler.group;

import dev.skald.config.ConfigValue;
import dev.skald.config.ConfigValue.Entry;
import dev.skald.config.ConfigValue.Mapping;
import dev.skald.config.ConfigValue.Scalar;
import dev.skald.config.ConfigValue.Sequence;
import dev.skald.config.Origin;
import dev.skald.config.YamlReader;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.ruler.group.GroupDraft.RuleDraft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * YAML to drafts of groups. Looks at types alone: a text where a text belongs, a list where a list
 * does; a key without a value is as if it were not there.
 *
 * <p>Every method throws {@link SkaldException} BAD_REQUEST with file and line for what is not YAML
 * or of another type.
 */
public final class RuleGroupReader {
  private static final Set<String> FILE_KEYS = Set.of("groups", "namespace");

  /** The last three are Prometheus' and mean nothing here. */
  private static final Set<String> GROUP_KEYS =
      Set.of(
          "name",
          "interval",
          "limit",
          "rules",
          "query_offset",
          "labels",
          "partial_response_strategy");

  private static final Set<String> RULE_KEYS =
      Set.of("record", "alert", "expr", "for", "keep_firing_for", "labels", "annotations");

  /** What becomes of a key that no group has. */
  private enum UnknownKeys {
    PASSED_OVER,
    REFUSED
  }

  private final UnknownKeys unknownKeys;

  private RuleGroupReader(UnknownKeys unknownKeys) {
    this.unknownKeys = unknownKeys;
  }

  /** One group as the API takes it, where a key that means nothing is passed over. */
  public static GroupDraft group(String source, String yaml) {
    return new RuleGroupReader(UnknownKeys.PASSED_OVER).draft(read(source, yaml));
  }

  /** One group that stands in a tree. */
  public static GroupDraft group(Mapping tree) {
    return new RuleGroupReader(UnknownKeys.REFUSED).draft(tree);
  }

  /** The groups of a rule file, where a key that means nothing is an error. */
  public static List<GroupDraft> file(String source, String yaml) {
    RuleGroupReader reader = new RuleGroupReader(UnknownKeys.REFUSED);
    Mapping file = read(source, yaml);
    reader.checkKeys(file, FILE_KEYS);
    List<GroupDraft> groups = new ArrayList<>();
    for (ConfigValue group : list(file.at("groups"))) {
      groups.add(reader.draft(map(group)));
    }
    return groups;
  }

  /** Text of a client's; nested as deep as it likes, it must not end the thread. */
  private static Mapping read(String source, String yaml) {
    try {
      return YamlReader.read(source, yaml);
    } catch (StackOverflowError e) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, source + ": nested too deeply", e);
    }
  }

  private GroupDraft draft(Mapping group) {
    checkKeys(group, GROUP_KEYS);
    List<RuleDraft> rules = new ArrayList<>();
    for (ConfigValue rule : list(group.at("rules"))) {
      rules.add(rule(map(rule)));
    }
    return new GroupDraft(text(group, "name"), duration(group, "interval"), limit(group), rules);
  }

  private RuleDraft rule(Mapping rule) {
    checkKeys(rule, RULE_KEYS);
    return new RuleDraft(
        text(rule, "record"),
        text(rule, "alert"),
        text(rule, "expr"),
        duration(rule, "for"),
        duration(rule, "keep_firing_for"),
        texts(rule, "labels"),
        texts(rule, "annotations"));
  }

  private void checkKeys(Mapping tree, Set<String> known) {
    if (unknownKeys == UnknownKeys.PASSED_OVER) {
      return;
    }
    for (Map.Entry<String, Entry> entry : tree.entries().entrySet()) {
      if (!known.contains(entry.getKey())) {
        throw bad(entry.getValue().origin(), "unknown key " + entry.getKey());
      }
    }
  }

  private static List<ConfigValue> list(@Nullable ConfigValue value) {
    return switch (value) {
      case null -> List.of();
      case Sequence sequence -> sequence.items();
      case Scalar scalar -> throw bad(scalar.origin(), "expected a list");
      case Mapping mapping -> throw bad(mapping.origin(), "expected a list");
    };
  }

  private static Mapping map(ConfigValue value) {
    return switch (value) {
      case Mapping mapping -> mapping;
      case Scalar scalar when scalar.isNull() -> Mapping.empty(scalar.origin());
      case Scalar scalar -> throw bad(scalar.origin(), "expected a map of keys");
      case Sequence sequence -> throw bad(sequence.origin(), "expected a map of keys");
    };
  }

  /** Numbers and truth values are texts too, as they were written. */
  private static String text(ConfigValue value) {
    if (!(value instanceof Scalar scalar)) {
      throw bad(value.origin(), "expected a text");
    }
    String text = scalar.text();
    if (!RuleNames.isUnicode(text)) {
      throw bad(value.origin(), "not a text: it holds half a surrogate pair");
    }
    return scalar.isNull() ? "" : text;
  }

  private static String text(Mapping tree, String key) {
    ConfigValue value = value(tree, key);
    return value == null ? "" : text(value);
  }

  private static Duration duration(Mapping tree, String key) {
    ConfigValue value = value(tree, key);
    if (value == null) {
      return Duration.ZERO;
    }
    try {
      return RuleDuration.parse(text(value));
    } catch (IllegalArgumentException e) {
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST, value.origin() + ": " + key + ": " + e.getMessage(), e);
    }
  }

  private static int limit(Mapping group) {
    ConfigValue value = value(group, "limit");
    if (value == null) {
      return 0;
    }
    try {
      return Integer.parseInt(text(value));
    } catch (NumberFormatException e) {
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST, value.origin() + ": limit: expected a whole number", e);
    }
  }

  private static Map<String, String> texts(Mapping tree, String key) {
    ConfigValue value = value(tree, key);
    Map<String, String> texts = new LinkedHashMap<>();
    if (value != null) {
      for (Map.Entry<String, Entry> entry : map(value).entries().entrySet()) {
        texts.put(
            text(Scalar.plain(entry.getKey(), entry.getValue().origin())),
            text(entry.getValue().value()));
      }
    }
    return texts;
  }

  /** The value of one key, which is no path: null if there is none. */
  private static @Nullable ConfigValue value(Mapping tree, String key) {
    Entry entry = tree.entries().get(key);
    boolean isAbsent = entry == null || (entry.value() instanceof Scalar scalar && scalar.isNull());
    return isAbsent || entry == null ? null : entry.value();
  }

  private static SkaldException bad(Origin origin, String problem) {
    return SkaldException.of(ErrorKind.BAD_REQUEST, origin + ": " + problem);
  }
}
