package dev.skald.server.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which endpoint answers at which path. Path parts are literal or {@code {name}}; a trailing slash is another path. */
final class Routes {
  /** One path and who answers there. */
  record Route(Set<String> methods, String template, List<String> parts, Endpoint endpoint) {
    Route {
      methods = Set.copyOf(methods);
      parts = List.copyOf(parts);
    }

    boolean allows(String method) {
      return methods.contains(method);
    }
  }

  /** A route that fits a path. */
  record Found(Route route, Exchange.Matched matched) {}

  private static final String API = "loki/api/v1/";

  private final List<Route> routes = new ArrayList<>();
  private final String prefix;

  /** {@code prefix} stands in front of every path; empty or starting with a slash. */
  Routes(String prefix) {
    this.prefix = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
  }

  Routes get(String template, Endpoint endpoint) {
    return add(Set.of("GET"), template, endpoint);
  }

  /** For health checks, some of which ask with HEAD. */
  Routes getOrHead(String template, Endpoint endpoint) {
    return add(Set.of("GET", "HEAD"), template, endpoint);
  }

  Routes post(String template, Endpoint endpoint) {
    return add(Set.of("POST"), template, endpoint);
  }

  Routes getOrPost(String template, Endpoint endpoint) {
    return add(Set.of("GET", "POST"), template, endpoint);
  }

  Routes postOrPut(String template, Endpoint endpoint) {
    return add(Set.of("POST", "PUT"), template, endpoint);
  }

  Routes delete(String template, Endpoint endpoint) {
    return add(Set.of("DELETE"), template, endpoint);
  }

  private Routes add(Set<String> methods, String template, Endpoint endpoint) {
    routes.add(
        new Route(methods, template, List.of(template.substring(1).split("/", -1)), endpoint));
    return this;
  }

  /**
   * The route for a raw (still percent-encoded) path: one that allows the method if there is any, else one that does
   * not.
   */
  Optional<Found> find(String method, String rawPath) {
    if (!rawPath.startsWith(prefix + "/")) {
      return Optional.empty();
    }
    String path = rawPath.substring(prefix.length() + 1);
    if (path.startsWith(API + API)) {
      path = path.substring(API.length()); // some clients say it twice
    }
    String[] parts = path.split("/", -1);
    Optional<Found> other = Optional.empty();
    for (Route route : routes) {
      Optional<Map<String, String>> variables = match(route, parts);
      if (variables.isPresent()) {
        var found = new Found(route, new Exchange.Matched(route.template(), variables.get()));
        if (route.allows(method)) {
          return Optional.of(found);
        }
        other = Optional.of(found);
      }
    }
    return other;
  }

  private static Optional<Map<String, String>> match(Route route, String[] parts) {
    if (parts.length != route.parts().size()) {
      return Optional.empty();
    }
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < parts.length; i++) {
      String expected = route.parts().get(i);
      if (expected.startsWith("{")) {
        if (parts[i].isEmpty()) {
          return Optional.empty();
        }
        String value = Parameters.unescape(parts[i].replace("+", "%2B"));
        variables.put(expected.substring(1, expected.length() - 1), value);
      } else if (!expected.equals(parts[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(variables);
  }

  /** The value of the {@code route} label of request metrics (spec metrics.md 1.1). */
  static String metricName(String template) {
    StringBuilder name = new StringBuilder();
    for (char c : template.toLowerCase(Locale.ROOT).toCharArray()) {
      boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (plain) {
        name.append(c);
      } else if (!name.isEmpty() && name.charAt(name.length() - 1) != '_') {
        name.append('_');
      }
    }
    if (!name.isEmpty() && name.charAt(name.length() - 1) == '_') {
      name.setLength(name.length() - 1);
    }
    return name.isEmpty() ? "root" : name.toString();
  }
}
