package dev.skald.ruler.store;

import dev.skald.ruler.group.Rule;
import dev.skald.ruler.group.RuleGroup;
import dev.skald.ruler.group.RuleWeight;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * All rule groups of a tenant at one moment; immutable.
 *
 * @param namespaces by name; none is without groups, and each group's name is there once
 */
public record TenantRules(SortedMap<String, List<RuleGroup>> namespaces) {
  public static final TenantRules NONE = new TenantRules(new TreeMap<>());

  public TenantRules {
    SortedMap<String, List<RuleGroup>> copy = new TreeMap<>();
    namespaces.forEach(
        (namespace, groups) -> {
          if (!groups.isEmpty()) {
            copy.put(namespace, List.copyOf(groups));
          }
        });
    namespaces = Collections.unmodifiableSortedMap(copy);
  }

  public boolean isEmpty() {
    return namespaces.isEmpty();
  }

  public int groupCount() {
    return namespaces.values().stream().mapToInt(List::size).sum();
  }

  /** What they weigh together; see {@link RuleWeight}. */
  public long weightChars() {
    return namespaces.values().stream().flatMap(List::stream).mapToLong(RuleWeight::of).sum();
  }

  /** Groups of a namespace; empty if there is none of that name. */
  public List<RuleGroup> groups(String namespace) {
    return namespaces.getOrDefault(namespace, List.of());
  }

  public Optional<RuleGroup> group(String namespace, String name) {
    return groups(namespace).stream().filter(group -> group.name().equals(name)).findFirst();
  }

  /** These with one more group, or with another one of its name; in the order of names. */
  TenantRules with(String namespace, RuleGroup added) {
    List<RuleGroup> groups = new ArrayList<>(groups(namespace));
    groups.removeIf(group -> group.name().equals(added.name()));
    groups.add(added);
    groups.sort(Comparator.comparing(RuleGroup::name));
    return with(namespace, groups);
  }

  TenantRules without(String namespace, String name) {
    return with(
        namespace, groups(namespace).stream().filter(group -> !group.name().equals(name)).toList());
  }

  private TenantRules with(String namespace, List<RuleGroup> groups) {
    SortedMap<String, List<RuleGroup>> changed = new TreeMap<>(namespaces);
    changed.put(namespace, groups);
    return new TenantRules(changed);
  }

  /** Only the groups that hold such rules, each with these rules alone. */
  public TenantRules of(Predicate<Rule> wanted) {
    SortedMap<String, List<RuleGroup>> chosen = new TreeMap<>();
    namespaces.forEach(
        (namespace, groups) ->
            chosen.put(
                namespace,
                groups.stream()
                    .map(group -> group.with(group.rules().stream().filter(wanted).toList()))
                    .filter(group -> !group.rules().isEmpty())
                    .toList()));
    return new TenantRules(chosen);
  }

  /** Only one namespace. */
  public TenantRules of(String namespace) {
    return NONE.with(namespace, groups(namespace));
  }
}
