package dev.skald.server.http;

import dev.skald.config.ConfigValue;
import dev.skald.config.ConfigValue.Mapping;
import dev.skald.config.ConfigValue.Quoting;
import dev.skald.config.ConfigValue.Scalar;
import dev.skald.config.ConfigValue.Sequence;
import dev.skald.config.ConfigYaml;
import dev.skald.model.TenantId;
import dev.skald.protocol.query.JsonTreeWriter;
import dev.skald.server.config.LimitsConfig;
import dev.skald.server.config.SkaldConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a tenant may know of its limits (spec limits.md 7). */
final class LimitEndpoints {
  private final Function<TenantId, LimitsConfig> limits;
  private final List<String> published;
  private final boolean servesPatterns;

  /**
   * @param limits by tenant, as configured
   */
  LimitEndpoints(Function<TenantId, LimitsConfig> limits, SkaldConfig config) {
    this.limits = limits;
    this.published = config.tenantLimitsAllowPublish();
    this.servesPatterns = config.patternIngester().enabled();
  }

  /** {@code /config/tenant/v1/limits}: YAML. */
  Reply yaml(Exchange exchange) {
    return Reply.text(200, ConfigYaml.print(published(exchange.tenant())));
  }

  /** {@code drilldown-limits}: JSON, for Grafana. */
  Reply drilldown(Exchange exchange) throws IOException {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("limits", tree(published(exchange.tenants().ids().getFirst())));
    body.put("pattern_ingester_enabled", servesPatterns);
    body.put("version", Version.LOKI_COMPATIBLE);
    return Reply.json(JsonTreeWriter.write(body));
  }

  private Mapping published(TenantId tenant) {
    Mapping all = ConfigYaml.tree(limits.apply(tenant));
    Mapping shown = all;
    for (String key : all.entries().keySet()) {
      if (!published.isEmpty() && !published.contains(key)) {
        shown = shown.without(key);
      }
    }
    return shown;
  }

  private static @Nullable Object tree(ConfigValue value) {
    return switch (value) {
      case Scalar scalar -> scalar(scalar);
      case Sequence sequence -> {
        List<@Nullable Object> items = new ArrayList<>();
        sequence.items().forEach(item -> items.add(tree(item)));
        yield items;
      }
      case Mapping mapping -> {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        mapping.entries().forEach((key, entry) -> members.put(key, tree(entry.value())));
        yield members;
      }
    };
  }

  private static @Nullable Object scalar(Scalar scalar) {
    if (scalar.quoting() == Quoting.QUOTED) {
      return scalar.text();
    }
    if (scalar.isNull()) {
      return null;
    }
    return switch (scalar.text()) {
      case "true" -> true;
      case "false" -> false;
      case String text -> {
        try {
          yield Long.valueOf(text);
        } catch (NumberFormatException _) {
          yield number(text);
        }
      }
    };
  }

  private static Object number(String text) {
    try {
      return new java.math.BigDecimal(text);
    } catch (NumberFormatException _) {
      return text;
    }
  }
}
