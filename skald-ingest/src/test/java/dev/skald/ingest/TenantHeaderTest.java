package dev.skald.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skald.error.SkaldException;
import dev.skald.model.TenantId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenantHeaderTest {
  @Test
  void tenantsOfAQueryAreSortedAndUnique() {
    assertEquals(List.of(new TenantId("a"), new TenantId("b")), TenantHeader.parse("b|a|b|"));
  }

  @Test
  void aPushHasOneTenant() {
    assertEquals(new TenantId("a"), TenantHeader.parseSingle("a"));
    assertEquals(new TenantId("a"), TenantHeader.parseSingle("a|a"));
    String signs = "a!-_.*'()Z9";
    assertEquals(new TenantId(signs), TenantHeader.parseSingle(signs));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '/',
      value = {
        "''   / no org id",
        "a|b  / multiple org IDs present",
        "a|   / multiple org IDs present",
        "a|b# / multiple org IDs present",
        "|    / no org id",
        "a#b  / tenant ID 'a#b' contains unsupported character '#'",
        "a b  / tenant ID 'a b' contains unsupported character ' '",
        "é    / tenant ID 'é' contains unsupported character 'é'",
        ".    / tenant ID is '.' or '..'",
        "..   / tenant ID is '.' or '..'",
      })
  void refuses(String header, String want) {
    SkaldException e = assertThrows(SkaldException.class, () -> TenantHeader.parseSingle(header));
    assertEquals(want, e.getMessage());
  }

  @Test
  void idsMayHave150Bytes() {
    assertEquals("a".repeat(150), TenantHeader.parseSingle("a".repeat(150)).value());
    SkaldException e =
        assertThrows(SkaldException.class, () -> TenantHeader.parse("a".repeat(151)));
    assertEquals("tenant ID is too long: max 150 characters", e.getMessage());
  }

  @Test
  void everyTenantOfAQueryIsChecked() {
    SkaldException e = assertThrows(SkaldException.class, () -> TenantHeader.parse("a|b#"));
    assertEquals("tenant ID 'b#' contains unsupported character '#'", e.getMessage());
  }
}
