package dev.skald.protocol.otlp;

import dev.skald.grep.RegexFilter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of attributes: {@code otlp_config} (the page on Loki's limits, 1.4). Immutable.
 *
 * @param resource rules for a resource's attributes, the only ones that can become labels
 * @param scope rules for a scope's attributes
 * @param log rules for a record's attributes
 * @param severityText whether it becomes a label too
 */
public record OtlpRules(
    List<Rule> resource, List<Rule> scope, List<Rule> log, SeverityText severityText) {
  /** Resource attributes that become labels unless configured otherwise. */
  public static final List<String> INDEX_LABELS_DEFAULT =
      List.of(
          "service.name",
          "service.namespace",
          "service.instance.id",
          "deployment.environment",
          "deployment.environment.name",
          "cloud.region",
          "cloud.availability_zone",
          "k8s.cluster.name",
          "k8s.namespace.name",
          "k8s.pod.name",
          "k8s.container.name",
          "container.name",
          "k8s.replicaset.name",
          "k8s.deployment.name",
          "k8s.statefulset.name",
          "k8s.daemonset.name",
          "k8s.cronjob.name",
          "k8s.job.name");

  public static final OtlpRules DEFAULTS =
      new OtlpRules(
          List.of(Rule.ofNames(Action.INDEX_LABEL, INDEX_LABELS_DEFAULT)),
          List.of(),
          List.of(),
          SeverityText.METADATA);

  public OtlpRules {
    resource = List.copyOf(resource);
    scope = List.copyOf(scope);
    log = List.copyOf(log);
  }

  /** What an attribute becomes. */
  public enum Action {
    INDEX_LABEL,
    STRUCTURED_METADATA,
    DROP
  }

  /** What the severity text becomes. */
  public enum SeverityText {
    METADATA,
    LABEL_AND_METADATA
  }

  /**
   * An action for some attributes.
   *
   * @param names of the attributes; empty if an expression says which
   * @param regex null if names say which
   */
  public record Rule(Action action, Set<String> names, @Nullable RegexFilter regex) {
    public Rule {
      names = Set.copyOf(names);
    }

    public static Rule ofNames(Action action, Collection<String> names) {
      return new Rule(action, Set.copyOf(names), null);
    }

    /**
     * {@code regex} is RE2 and matches whole names.
     *
     * @throws dev.skald.grep.RegexSyntaxException if it is not RE2
     */
    public static Rule ofRegex(Action action, String regex) {
      return new Rule(action, Set.of(), RegexFilter.compile(regex, RegexFilter.Anchor.WHOLE));
    }

    boolean matches(String name) {
      return regex == null ? names.contains(name) : regex.matches(name);
    }
  }

  /** The first rule that matches decides; without any, an attribute becomes structured metadata. */
  static Action action(List<Rule> rules, String name) {
    for (Rule rule : rules) {
      if (rule.matches(name)) {
        return rule.action();
      }
    }
    return Action.STRUCTURED_METADATA;
  }

  /** These rules, those for resources preceded by one that makes labels of {@code names}. */
  public OtlpRules withIndexLabels(Collection<String> names) {
    List<Rule> more = new ArrayList<>();
    more.add(Rule.ofNames(Action.INDEX_LABEL, names));
    more.addAll(resource);
    return new OtlpRules(more, scope, log, severityText);
  }
}
