package dev.skald.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The numbers a key takes, both ends included; without it any number from 0 on. On a {@code Duration} the ends are
 * nanoseconds, on a {@link ByteSize} bytes.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Range {
  long min() default 0;

  long max() default Long.MAX_VALUE;
}
