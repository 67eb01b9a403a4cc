package dev.skald.logql.syntax;

import java.util.ArrayList;
import java.util.List;

/** Where a value lies in a JSON document: {@code req.headers["User-Agent"]} (spec logql.md 6.3). */
public record JsonPath(List<Step> steps) {
  public JsonPath {
    steps = List.copyOf(steps);
  }

  /** One step inwards. */
  public sealed interface Step {
    /** Into an object's member. */
    record Key(String name) implements Step {}

    /** Into an array's element, counted from 0. */
    record Index(int index) implements Step {}
  }

  /**
   * @throws ExpressionException if the expression is no path
   */
  public static JsonPath parse(String expression) throws ExpressionException {
    PathScan in = new PathScan(expression, "FIELD");
    List<Step> steps = new ArrayList<>();
    switch (in.kind()) {
      case NAME -> steps.add(new Step.Key(in.take()));
      case OPEN -> steps.add(bracketed(in));
      default -> throw in.unexpected(PathScan.Kind.OPEN, PathScan.Kind.NAME);
    }
    while (true) {
      switch (in.kind()) {
        case DOT -> {
          in.take();
          steps.add(new Step.Key(in.expect(PathScan.Kind.NAME)));
        }
        case OPEN -> steps.add(bracketed(in));
        default -> {
          in.expectEnd();
          return new JsonPath(steps);
        }
      }
    }
  }

  private static Step bracketed(PathScan in) throws ExpressionException {
    in.expect(PathScan.Kind.OPEN);
    Step step =
        switch (in.kind()) {
          case STRING -> new Step.Key(in.take());
          case INDEX -> new Step.Index(Integer.parseInt(in.take()));
          case NAME -> throw new ExpressionException("non-integer value: " + in.take());
          default -> throw in.unexpected(PathScan.Kind.STRING, PathScan.Kind.INDEX);
        };
    in.expect(PathScan.Kind.CLOSE);
    return step;
  }
}
