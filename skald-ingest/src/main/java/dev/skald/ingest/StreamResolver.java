package dev.skald.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skald.ingest.IngestLimits.LabelLimits;
import dev.skald.ingest.IngestLimits.PolicyRule;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.Matcher;
import dev.skald.model.MatcherTest;
import dev.skald.model.Quoted;
import dev.skald.model.SharedLabels;
import dev.skald.model.TenantId;
import dev.skald.protocol.push.LabelText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns labels as they were sent into a stream, or refuses them: empty values go, a service name
 * comes, then the limits are asked in Loki's order. What it says depends on nothing but the limits.
 * Safe for concurrent use.
 */
final class StreamResolver {
  private static final String SERVICE_NAME = "service_name";
  private static final String UNKNOWN_SERVICE = "unknown_service";
  private static final List<String> INTERNAL = List.of("__aggregated_metric__", "__pattern__");

  private final TenantId tenant;
  private final IngestLimits limits;
  private final SharedLabels shared;
  private final List<Rule> rules;

  /** A policy's selector, compiled. */
  private record Rule(String policy, List<MatcherTest> selector) {}

  /** {@code shared} makes one object of labels that many streams have. */
  StreamResolver(TenantId tenant, IngestLimits limits, SharedLabels shared) {
    this.tenant = tenant;
    this.limits = limits;
    this.shared = shared;
    this.rules =
        limits.enforcement().policies().stream()
            .sorted(
                Comparator.comparingInt(PolicyRule::priority)
                    .reversed()
                    .thenComparing(PolicyRule::policy))
            .map(r -> new Rule(r.policy(), r.selector().stream().map(MatcherTest::of).toList()))
            .toList();
  }

  /**
   * @throws dev.skald.error.SkaldException BAD_REQUEST if a name is malformed: the whole request is
   *     lost then
   */
  ResolvedStream resolve(List<Label> sent) {
    List<Label> labels = new ArrayList<>(sent.size() + 1);
    for (Label label : sent) {
      if (!LabelText.isName(label.name())) {
        throw LabelText.malformed("invalid label name " + Quoted.of(label.name()));
      }
      if (!label.value().isEmpty()) {
        labels.add(label);
      }
    }
    addServiceName(labels);
    labels.sort(Comparator.comparing(Label::name));
    ResolvedStream refused = check(labels);
    if (refused != null) {
      return refused;
    }
    labels.replaceAll(shared::of);
    Labels stream = new Labels(labels);
    String policy = policy(stream);
    ResolvedStream unenforced = checkEnforced(stream, policy);
    return unenforced != null
        ? unenforced
        : new ResolvedStream(stream, level(stream), policy, null);
  }

  private void addServiceName(List<Label> labels) {
    List<String> sources = limits.discovery().serviceNames();
    if (sources.isEmpty() || find(labels, SERVICE_NAME) != null) {
      return;
    }
    for (String internal : INTERNAL) {
      if (find(labels, internal) != null) {
        return;
      }
    }
    for (String source : sources) {
      String value = find(labels, source);
      if (value != null) {
        labels.add(new Label(SERVICE_NAME, value));
        return;
      }
    }
    labels.add(new Label(SERVICE_NAME, UNKNOWN_SERVICE));
  }

  private static @Nullable String find(List<Label> labels, String name) {
    for (Label label : labels) {
      if (label.name().equals(name)) {
        return label.value();
      }
    }
    return null;
  }

  private @Nullable ResolvedStream check(List<Label> labels) {
    LabelLimits max = limits.labels();
    if (labels.isEmpty()) {
      return ResolvedStream.refused(
          DiscardReason.MISSING_LABELS, "error at least one label pair is required per stream");
    }
    int names = labels.size() - (find(labels, SERVICE_NAME) == null ? 0 : 1);
    if (names > max.namesMax()) {
      return ResolvedStream.refused(
          DiscardReason.MAX_LABEL_NAMES_PER_SERIES,
          "entry for stream '%s' has %d label names; limit %d"
              .formatted(text(labels), names, max.namesMax()));
    }
    String last = "";
    for (Label label : labels) {
      if (isLonger(label.name(), max.nameBytesMax())) {
        return ResolvedStream.refused(
            DiscardReason.LABEL_NAME_TOO_LONG,
            "stream '" + text(labels) + "' has label name too long: '" + label.name() + "'");
      }
      if (isLonger(label.value(), max.valueBytesMax())) {
        return ResolvedStream.refused(
            DiscardReason.LABEL_VALUE_TOO_LONG,
            "stream '" + text(labels) + "' has label value too long: '" + label.value() + "'");
      }
      if (label.name().equals(last)) {
        return ResolvedStream.refused(
            DiscardReason.DUPLICATE_LABEL_NAMES,
            "stream '" + text(labels) + "' has duplicate label name: '" + last + "'");
      }
      last = label.name();
    }
    return null;
  }

  private static boolean isLonger(String text, int bytesMax) {
    return text.length() > bytesMax
        || (text.length() * 3L > bytesMax && text.getBytes(UTF_8).length > bytesMax);
  }

  /** Canonical text of labels that may hold a name twice. */
  private static String text(List<Label> sorted) {
    StringBuilder text = new StringBuilder("{");
    for (Label label : sorted) {
      text.append(text.length() == 1 ? "" : ", ").append(label.name()).append('=');
      Quoted.append(text, label.value());
    }
    return text.append('}').toString();
  }

  private String policy(Labels stream) {
    for (Rule rule : rules) {
      boolean all = true;
      for (MatcherTest test : rule.selector()) {
        Matcher matcher = test.matcher();
        all &= test.test(stream.get(matcher.name()));
      }
      if (all) {
        return rule.policy();
      }
    }
    return "";
  }

  private @Nullable ResolvedStream checkEnforced(Labels stream, String policy) {
    List<String> missing = new ArrayList<>();
    addMissing(stream, limits.enforcement().enforcedLabels(), missing);
    addMissing(
        stream,
        limits.enforcement().policyEnforcedLabels().getOrDefault(policy, List.of()),
        missing);
    if (missing.isEmpty()) {
      return null;
    }
    return ResolvedStream.refused(
        DiscardReason.MISSING_ENFORCED_LABELS,
        "missing required labels '%s' for user '%s' for stream '%s' (policy: '%s')"
            .formatted(String.join(",", missing), tenant, stream, policy));
  }

  private static void addMissing(Labels stream, List<String> names, List<String> missing) {
    for (String name : names) {
      if (!stream.has(name) && !missing.contains(name)) {
        missing.add(name);
      }
    }
  }

  private @Nullable String level(Labels stream) {
    for (String field : limits.discovery().levelFields()) {
      if (stream.has(field)) {
        return Level.normalise(stream.get(field));
      }
    }
    return null;
  }
}
