package dev.skald.query;

import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.Matcher;
import dev.skald.model.MatcherTest;
import dev.skald.model.TenantId;
import java.util.ArrayList;
import java.util.List;

/** The label that tells whose a stream is when several tenants are asked at once. */
final class TenantLabel {
  static final String NAME = "__tenant_id__";

  /** What a stream's own label of that name is called then. */
  static final String ORIGINAL = "original___tenant_id__";

  private TenantLabel() {}

  /** The stream's labels with its tenant's. */
  static Labels on(Labels stream, TenantId tenant) {
    List<Label> labels = new ArrayList<>(stream.size() + 2);
    for (Label label : stream.sorted()) {
      boolean isMoved = label.name().equals(NAME);
      if (!label.name().equals(ORIGINAL)) {
        labels.add(isMoved ? new Label(ORIGINAL, label.value()) : label);
      } else if (!stream.has(NAME)) {
        labels.add(label);
      }
    }
    labels.add(new Label(NAME, tenant.value()));
    return Labels.of(labels);
  }

  /** The tenants that satisfy the matchers on their label. */
  static List<TenantId> matching(List<TenantId> tenants, List<Matcher> matchers) {
    List<MatcherTest> tests =
        matchers.stream().filter(m -> m.name().equals(NAME)).map(MatcherTest::of).toList();
    return tenants.stream()
        .filter(tenant -> tests.stream().allMatch(test -> test.test(tenant.value())))
        .toList();
  }

  /** What is left of the matchers for one tenant's store. */
  static List<Matcher> without(List<Matcher> matchers) {
    return matchers.stream()
        .filter(m -> !m.name().equals(NAME))
        .map(m -> m.name().equals(ORIGINAL) ? new Matcher(NAME, m.op(), m.value()) : m)
        .toList();
  }
}
