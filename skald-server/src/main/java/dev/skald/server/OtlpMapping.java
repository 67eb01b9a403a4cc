package dev.skald.server;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.grep.RegexSyntaxException;
import dev.skald.protocol.otlp.OtlpRules;
import dev.skald.protocol.otlp.OtlpRules.Rule;
import dev.skald.server.config.DistributorConfig.OtlpDefaults;
import dev.skald.server.config.OtlpConfig;
import java.util.List;

/** From {@code otlp_config} to the rules that the decoder obeys. */
final class OtlpMapping {
  private OtlpMapping() {}

  /**
   * @throws SkaldException BAD_REQUEST if an expression is not RE2
   */
  static OtlpRules rules(OtlpConfig config, OtlpDefaults defaults) {
    OtlpRules own =
        new OtlpRules(
            rules(config.resourceAttributes().attributesConfig()),
            rules(config.scopeAttributes()),
            rules(config.logAttributes()),
            config.severityTextAsLabel()
                ? OtlpRules.SeverityText.LABEL_AND_METADATA
                : OtlpRules.SeverityText.METADATA);
    return config.resourceAttributes().ignoreDefaults()
        ? own
        : own.withIndexLabels(defaults.defaultResourceAttributesAsIndexLabels());
  }

  private static List<Rule> rules(List<OtlpConfig.AttributeRule> rules) {
    return rules.stream().map(OtlpMapping::rule).toList();
  }

  private static Rule rule(OtlpConfig.AttributeRule rule) {
    OtlpRules.Action action =
        switch (rule.kind()) {
          case INDEX_LABEL -> OtlpRules.Action.INDEX_LABEL;
          case STRUCTURED_METADATA -> OtlpRules.Action.STRUCTURED_METADATA;
          case DROP -> OtlpRules.Action.DROP;
        };
    try {
      return rule.regex().isEmpty()
          ? Rule.ofNames(action, rule.attributes())
          : Rule.ofRegex(action, rule.regex());
    } catch (RegexSyntaxException e) {
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST, "limits_config.otlp_config: " + e.getMessage(), e);
    }
  }
}
