package dev.skald.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.conformance.Comparison.Difference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests with the answers that Loki 3.7.6 gave, against a real Skald process.
 *
 * <p>{@code not-yet.txt} lists the cases that do not pass so far, each with its area's reason. It is a ratchet: a listed
 * case that passes fails the build as an unlisted one that does not. Run with {@code -Dskald.conformance.write=FILE} to
 * get the list as it is now.
 */
final class RecordedAnswersTest {
  private static final List<String> NOT_AREAS = List.of("manifest", "dataset", "tenants");

  @TempDir static @Nullable Path directory;
  private static @Nullable SkaldProcess skald;
  private static @Nullable RawHttp http;
  private static String tenant = "";
  private static final List<String> failed = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    Path home = Objects.requireNonNull(directory);
    for (String name : List.of("server-config.yaml", "overrides.yaml")) {
      Files.writeString(home.resolve(name), resource(name));
    }
    skald =
        SkaldProcess.up(
            home, "-config.file=server-config.yaml", "-limits-config.query-dialect=loki");
    http = skald.http();
    tenant =
        String.valueOf(JsonTree.object(JsonTree.parse(resource("manifest.json"))).get("tenant"));
    push(tenant, JsonTree.parse(resource("dataset.json")));
    Map<String, @Nullable Object> tenants =
        JsonTree.object(JsonTree.parse(resource("tenants.json")));
    for (Map.Entry<String, @Nullable Object> other : tenants.entrySet()) {
      push(other.getKey(), other.getValue());
    }
    client().send("POST", "/flush", Map.of(), null);
    awaitVisible();
  }

  private static RawHttp client() {
    return Objects.requireNonNull(http);
  }

  private static void push(String to, @Nullable Object bodies) throws IOException {
    for (Object body : JsonTree.array(bodies)) {
      HttpReply reply =
          client()
              .send(
                  "POST",
                  "/loki/api/v1/push",
                  Map.of("Content-Type", "application/json", "X-Scope-OrgID", to),
                  JsonText.write(body).getBytes(StandardCharsets.UTF_8));
      assertEquals(204, reply.status(), reply.text());
    }
  }

  private static void awaitVisible() throws IOException {
    Map<String, @Nullable Object> manifest =
        JsonTree.object(JsonTree.parse(resource("manifest.json")));
    for (Object one : JsonTree.array(manifest.get("visible"))) {
      RecordedCase query = new RecordedCase(JsonTree.object(one));
      HttpReply reply = query.send(client(), tenant);
      String wanted = "\"" + query.get("expectValue") + "\"";
      assertEquals(200, reply.status(), reply.text());
      assertTrue(reply.text().contains(wanted), "wanted " + wanted + ", found " + reply.text());
    }
  }

  @AfterAll
  static void stop() throws Exception {
    String file = System.getProperty("skald.conformance.write");
    if (file != null) {
      Files.write(Path.of(file), failed);
    }
    if (http != null) {
      http.close();
    }
    if (skald != null) {
      skald.close();
    }
  }

  @TestFactory
  Stream<DynamicNode> areas() throws IOException {
    Set<String> notYet = notYet();
    List<Area> areas = new ArrayList<>();
    for (String name : resource("areas.txt").lines().toList()) {
      if (!NOT_AREAS.contains(name)) {
        areas.add(Area.read(name));
      }
    }
    areas.sort(Comparator.comparingInt(Area::order).thenComparing(Area::name));
    return areas.stream()
        .map(area -> DynamicTest.dynamicTest(area.name(), () -> runArea(area, notYet)));
  }

  private void runArea(Area area, Set<String> notYet) throws Exception {
    List<String> wrong = new ArrayList<>();
    int passed = 0;
    for (RecordedCase one : area.cases()) {
      Optional<String> difference = run(one);
      difference.ifPresent(d -> failed.add(one.id()));
      if (difference.isPresent() && !notYet.contains(one.id())) {
        wrong.add(one.title() + "\n      " + difference.get());
      } else if (difference.isEmpty() && notYet.contains(one.id())) {
        wrong.add(one.title() + "\n      passes now: take it off not-yet.txt");
      }
      passed += difference.isEmpty() ? 1 : 0;
    }
    System.out.printf("%-24s %4d of %4d%n", area.name(), passed, area.cases().size());
    assertEquals(List.of(), wrong, () -> "\n    " + String.join("\n    ", wrong));
  }

  private static Optional<String> run(RecordedCase one) throws Exception {
    for (RecordedCase step : one.before()) {
      HttpReply reply = step.send(client(), tenant);
      boolean asWanted =
          !step.has("status")
              || String.valueOf(step.get("status")).equals(Integer.toString(reply.status()));
      if (!asWanted) {
        return Optional.of("before: status " + reply.status() + ", body " + reply.text());
      }
    }
    try {
      Comparison.check(one, one.send(client(), tenant));
      return Optional.empty();
    } catch (Difference difference) {
      return Optional.ofNullable(difference.getMessage());
    } catch (AssertionError | IOException e) {
      return Optional.of("answer of another shape: " + e);
    }
  }

  private static Set<String> notYet() throws IOException {
    Set<String> ids = new HashSet<>();
    for (String line : ownResource("/not-yet.txt").lines().toList()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        ids.add(line.strip());
      }
    }
    return ids;
  }

  static String resource(String name) throws IOException {
    return ownResource("/conformance/" + name);
  }

  private static String ownResource(String path) throws IOException {
    try (InputStream in = RecordedAnswersTest.class.getResourceAsStream(path)) {
      return new String(Objects.requireNonNull(in, path).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The cases of one file. */
  private record Area(String name, int order, List<RecordedCase> cases) {
    static Area read(String name) throws IOException {
      Map<String, @Nullable Object> file =
          JsonTree.object(JsonTree.parse(resource(name + ".json")));
      List<RecordedCase> cases =
          JsonTree.array(file.get("cases")).stream()
              .map(one -> new RecordedCase(JsonTree.object(one)))
              .toList();
      Object order = file.get("order");
      return new Area(name, order == null ? 50 : Integer.parseInt("" + order), cases);
    }
  }
}
