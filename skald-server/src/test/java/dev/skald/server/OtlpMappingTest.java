package dev.skald.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skald.error.SkaldException;
import dev.skald.protocol.otlp.OtlpRules;
import dev.skald.server.config.CommandLine;
import dev.skald.server.config.ConfigLoader;
import dev.skald.server.config.OtlpConfig;
import dev.skald.server.config.OtlpConfig.AttributeRule;
import dev.skald.server.config.OtlpConfig.ResourceAttributes;
import dev.skald.server.config.SkaldConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

class OtlpMappingTest {
  private static SkaldConfig defaults() {
    return ConfigLoader.load(CommandLine.parse("-config.file=")).config();
  }

  private static OtlpRules rules(OtlpConfig config) {
    return OtlpMapping.rules(config, defaults().distributor().otlpConfig());
  }

  @Test
  void defaultsAreTheDecodersOwn() {
    assertEquals(OtlpRules.DEFAULTS, rules(defaults().limitsConfig().write().otlpConfig()));
  }

  @Test
  void defaultsCanBeLeftOut() {
    AttributeRule drop = new AttributeRule("drop", List.of("secret"), "");
    OtlpRules rules =
        rules(
            new OtlpConfig(
                new ResourceAttributes(true, List.of(drop)), List.of(), List.of(drop), true));
    OtlpRules.Rule expected = OtlpRules.Rule.ofNames(OtlpRules.Action.DROP, List.of("secret"));
    assertEquals(List.of(expected), rules.resource());
    assertEquals(List.of(expected), rules.log());
    assertEquals(OtlpRules.SeverityText.LABEL_AND_METADATA, rules.severityText());
  }

  @Test
  void expressionsThatAreNoneAreRefused() {
    AttributeRule broken = new AttributeRule("drop", List.of(), "(");
    assertThrows(
        SkaldException.class,
        () ->
            rules(
                new OtlpConfig(
                    new ResourceAttributes(false, List.of()), List.of(broken), List.of(), false)));
  }
}
