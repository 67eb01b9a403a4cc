package dev.skald.ruler;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.protocol.query.JsonTreeWriter;
import dev.skald.ruler.group.Rule;
import dev.skald.ruler.group.RuleGroup;
import dev.skald.ruler.store.TenantRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of {@code /prometheus/api/v1/*} (spec http-api.md 5.1, grafana-client.md 3.9). No rule has
 * been evaluated, so each is as Prometheus shows one before its first evaluation: health unknown,
 * no alert, state inactive, evaluated last in the year 1.
 */
public final class RuleStates {
  /** Go's zero time. */
  private static final String NEVER = "0001-01-01T00:00:00Z";

  private RuleStates() {}

  /** A group and the namespace that it is in, which is called a file here. */
  private record Place(String file, RuleGroup group) {
    static final Comparator<Place> ORDER =
        Comparator.comparing(Place::file).thenComparing(place -> place.group().name());

    /** What names this place to a client that comes back. */
    String token() {
      String text = file.length() + ":" + file + group.name();
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A place of that token, whose group need not be there any more. */
    static Place of(String token) {
      try {
        String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        int colon = text.indexOf(':');
        int end = colon + 1 + Integer.parseInt(text.substring(0, colon));
        return new Place(
            text.substring(colon + 1, end),
            new RuleGroup(text.substring(end), Duration.ZERO, 0, List.of()));
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw SkaldException.of(ErrorKind.BAD_REQUEST, "invalid group_next_token", e);
      }
    }
  }

  /**
   * Groups in the order of their files and names.
   *
   * @param ownInterval of groups that have none
   * @throws SkaldException BAD_REQUEST for a token that is none
   */
  public static byte[] groups(TenantRules rules, StateQuery query, Duration ownInterval) {
    List<Place> places = places(rules, query);
    StateQuery.Page page = query.page();
    if (!page.token().isEmpty()) {
      Place start = Place.of(page.token());
      places.removeIf(place -> Place.ORDER.compare(place, start) < 0);
    }
    boolean hasMore = page.groupsMax() > 0 && places.size() > page.groupsMax();
    List<Place> shown = hasMore ? places.subList(0, page.groupsMax()) : places;
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("groups", shown.stream().map(place -> group(place, ownInterval)).toList());
    if (hasMore) {
      data.put("groupNextToken", places.get(page.groupsMax()).token());
    }
    return success(data);
  }

  private static List<Place> places(TenantRules rules, StateQuery query) {
    List<Place> places = new ArrayList<>();
    rules
        .namespaces()
        .forEach(
            (file, groups) -> {
              for (RuleGroup group : groups) {
                RuleGroup chosen = group.with(group.rules().stream().filter(query::wants).toList());
                boolean isLeftOut = query.choosesRules() && chosen.rules().isEmpty();
                if (query.wantsGroup(file, group.name()) && !isLeftOut) {
                  places.add(new Place(file, chosen));
                }
              }
            });
    places.sort(Place.ORDER);
    return places;
  }

  private static Map<String, @Nullable Object> group(Place place, Duration ownInterval) {
    RuleGroup group = place.group();
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("name", group.name());
    tree.put("file", place.file());
    tree.put("interval", seconds(group.interval().isZero() ? ownInterval : group.interval()));
    tree.put("limit", group.limit());
    tree.put("lastEvaluation", NEVER);
    tree.put("evaluationTime", 0);
    tree.put("rules", group.rules().stream().map(RuleStates::rule).toList());
    return tree;
  }

  private static Map<String, @Nullable Object> rule(Rule rule) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    switch (rule) {
      case Rule.Alerting alert -> {
        tree.put("state", "inactive");
        tree.put("name", alert.name());
        tree.put("query", alert.expr());
        tree.put("duration", seconds(alert.pendingFor()));
        tree.put("labels", alert.labels());
        tree.put("annotations", alert.annotations());
        tree.put("alerts", List.of());
        putHealth(tree, "alerting");
      }
      case Rule.Recording recording -> {
        tree.put("name", recording.name());
        tree.put("query", recording.expr());
        tree.put("labels", recording.labels());
        putHealth(tree, "recording");
      }
    }
    return tree;
  }

  private static void putHealth(Map<String, @Nullable Object> tree, String type) {
    tree.put("health", "unknown");
    tree.put("lastError", "");
    tree.put("type", type);
    tree.put("lastEvaluation", NEVER);
    tree.put("evaluationTime", 0);
  }

  private static Number seconds(Duration duration) {
    BigDecimal seconds =
        BigDecimal.valueOf(duration.getSeconds())
            .add(BigDecimal.valueOf(duration.getNano(), 9))
            .stripTrailingZeros();
    return new BigDecimal(seconds.toPlainString());
  }

  /** All alerts that are pending or firing: none. */
  public static byte[] alerts() {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("alerts", List.of());
    return success(data);
  }

  /** What a change is answered with. */
  public static byte[] done() {
    return success(null);
  }

  private static byte[] success(@Nullable Object data) {
    return answer("success", data, "", "");
  }

  /** A request that was wrong. */
  public static byte[] badData(String message) {
    return answer("error", null, "bad_data", message);
  }

  private static byte[] answer(
      String status, @Nullable Object data, String errorType, String error) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("status", status);
    tree.put("data", data);
    tree.put("errorType", errorType);
    tree.put("error", error);
    try {
      return JsonTreeWriter.write(tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }
}
