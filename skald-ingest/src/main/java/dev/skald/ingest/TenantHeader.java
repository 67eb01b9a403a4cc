package dev.skald.ingest;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;

/**
 * The {@code X-Scope-OrgID} header; texts as the page on Loki's HTTP API, section 1.1, gives them.
 */
public final class TenantHeader {
  /** The header's name. */
  public static final String NAME = "X-Scope-OrgID";

  private static final int ID_BYTES_MAX = 150;
  private static final String SIGNS = "!-_.*'()";

  private TenantHeader() {}

  /**
   * The tenants of a query, sorted, each once; {@code |} stands between them.
   *
   * @param header empty if there is none
   * @throws SkaldException UNAUTHENTICATED if it names none; BAD_REQUEST if an id is malformed
   */
  public static List<TenantId> parse(String header) {
    TreeSet<TenantId> tenants = new TreeSet<>();
    for (String id : header.split("\\|", -1)) {
      if (!id.isEmpty()) {
        tenants.add(checked(id));
      }
    }
    if (tenants.isEmpty()) {
      throw SkaldException.of(ErrorKind.UNAUTHENTICATED, "no org id");
    }
    return List.copyOf(tenants);
  }

  /**
   * The one tenant of a push, or of whatever else cannot be done for several.
   *
   * @throws SkaldException as {@link #parse}; BAD_REQUEST too if there are several
   */
  public static TenantId parseSingle(String header) {
    if (header.isEmpty()) {
      throw SkaldException.of(ErrorKind.UNAUTHENTICATED, "no org id");
    }
    String[] ids = header.split("\\|", -1);
    for (String id : ids) {
      if (!id.equals(ids[0])) {
        throw SkaldException.of(ErrorKind.BAD_REQUEST, "multiple org IDs present");
      }
    }
    return parse(ids[0]).getFirst();
  }

  private static TenantId checked(String id) {
    for (int i = 0; i < id.length(); ) {
      int point = id.codePointAt(i);
      if (!isAllowed(point)) {
        throw SkaldException.of(
            ErrorKind.BAD_REQUEST,
            "tenant ID '"
                + id
                + "' contains unsupported character '"
                + Character.toString(point)
                + "'");
      }
      i += Character.charCount(point);
    }
    if (id.getBytes(StandardCharsets.UTF_8).length > ID_BYTES_MAX) {
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST, "tenant ID is too long: max " + ID_BYTES_MAX + " characters");
    }
    if (id.equals(".") || id.equals("..")) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, "tenant ID is '.' or '..'");
    }
    return new TenantId(id);
  }

  private static boolean isAllowed(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || SIGNS.indexOf(c) >= 0;
  }
}
