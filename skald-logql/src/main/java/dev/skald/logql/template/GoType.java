package dev.skald.logql.template;

import dev.skald.logql.template.Value.IntegerType;

/** The types of functions' parameters, with Go's rules of what may be given for them. */
enum GoType {
  ANY("interface {}"),
  /** Like {@link #ANY}; parameters of the built-in functions. */
  REFLECTED("reflect.Value"),
  STRING("string"),
  INT("int"),
  FLOAT("float64"),
  TIME("time.Time"),
  DURATION("time.Duration");

  final String goName;

  GoType(String goName) {
    this.goName = goName;
  }

  boolean acceptsNil() {
    return this == ANY || this == REFLECTED;
  }

  /**
   * The value as an argument of this type.
   *
   * @throws TemplateFailure if it is of another type
   */
  Value admit(Value value) {
    if (value instanceof Value.Nil) {
      if (acceptsNil()) {
        return value;
      }
      throw new TemplateFailure("invalid value; expected " + goName);
    }
    Value inner = value.unboxed();
    if (accepts(inner)) {
      return inner;
    }
    String found = inner instanceof Value.Nil ? value.typeName() : inner.typeName();
    throw new TemplateFailure("wrong type for value; expected " + goName + "; got " + found);
  }

  private boolean accepts(Value value) {
    return switch (this) {
      case ANY, REFLECTED -> true;
      case STRING -> value instanceof Value.Text;
      case INT -> value instanceof Value.Whole(long _, var type) && type == IntegerType.INT;
      case FLOAT -> value instanceof Value.Real;
      case TIME -> value instanceof Value.Moment;
      case DURATION ->
          value instanceof Value.Whole(long _, var type) && type == IntegerType.DURATION;
    };
  }
}
