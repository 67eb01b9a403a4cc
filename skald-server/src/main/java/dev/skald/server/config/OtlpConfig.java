package dev.skald.server.config;

import dev.skald.config.Default;
import dev.skald.config.Doc;
import java.util.List;
import java.util.Locale;

/** What becomes of OpenTelemetry attributes: {@code otlp_config}. */
public record OtlpConfig(
    ResourceAttributes resourceAttributes,
    @Doc("What becomes of a scope's attributes.") @Default("[]")
        List<AttributeRule> scopeAttributes,
    @Doc("What becomes of a log record's attributes.") @Default("[]")
        List<AttributeRule> logAttributes,
    @Doc("Makes the severity text a label.") @Default("false") boolean severityTextAsLabel) {
  public OtlpConfig {
    for (AttributeRule rule : scopeAttributes) {
      if (rule.kind() == Action.INDEX_LABEL) {
        throw new IllegalArgumentException(
            "index_label action is only supported for resource_attributes");
      }
    }
  }

  /** What becomes of a resource's attributes: {@code otlp_config.resource_attributes}. */
  public record ResourceAttributes(
      @Doc("Leaves distributor.otlp_config.default_resource_attributes_as_index_labels out.")
          @Default("false")
          boolean ignoreDefaults,
      @Doc("Rules in addition to the defaults, which come first.") @Default("[]")
          List<AttributeRule> attributesConfig) {}

  /** What an attribute becomes. */
  public enum Action {
    INDEX_LABEL,
    STRUCTURED_METADATA,
    DROP
  }

  /** What becomes of some attributes: exactly one of names and expression is given. */
  public record AttributeRule(
      @Doc("What they become: index_label, structured_metadata or drop.") @Default("\"\"")
          String action,
      @Doc("Names of the attributes.") @Default("[]") List<String> attributes,
      @Doc("Names of the attributes, as RE2.") @Default("\"\"") String regex) {
    public AttributeRule {
      if (!action.equals("drop")
          && !action.equals("index_label")
          && !action.equals("structured_metadata")) {
        throw new IllegalArgumentException(
            "unsupported action, it must be one of: drop, index_label, structured_metadata");
      }
      if (attributes.isEmpty() == regex.isEmpty()) {
        throw new IllegalArgumentException(
            regex.isEmpty()
                ? "attributes or regex must be set"
                : "only one of attributes or regex must be set");
      }
    }

    /** The action as a constant. */
    public Action kind() {
      return Action.valueOf(action.toUpperCase(Locale.ROOT));
    }
  }
}
