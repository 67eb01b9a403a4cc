package dev.skald.ruler.store;

import dev.skald.bytes.Crc32c;
import dev.skald.config.ConfigValue;
import dev.skald.config.ConfigValue.Mapping;
import dev.skald.config.YamlReader;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.TenantId;
import dev.skald.ruler.group.RuleCheck;
import dev.skald.ruler.group.RuleGroup;
import dev.skald.ruler.group.RuleGroupReader;
import dev.skald.ruler.group.RuleYaml;
import dev.skald.ruler.group.YamlText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A group with whose and where it is, as a file holds it: docs/format/rules.md. */
record KeptGroup(TenantId tenant, String namespace, RuleGroup group) {
  /** Before the checksum, which is eight hexadecimal digits and a line feed. */
  private static final String HEADER = "# skald rule group 1 crc32c=";

  private static final int HEADER_BYTES = HEADER.length() + 8 + 1;

  /**
   * Of a file. Larger than a group's weight may be, as escapes and indentation count here; small
   * enough for the reader of YAML, which takes 3 MiB.
   */
  static final int FILE_BYTES_MAX = 2 << 20;

  /** What names of files end with. */
  static final String SUFFIX = ".yaml";

  /**
   * The name of the file: a digest, so that no name that somebody chose becomes a path, is too long,
   * or differs from another by case alone.
   */
  static String fileName(TenantId tenant, String namespace, String name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : new String[] {tenant.value(), namespace, name}) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest()) + SUFFIX;
    } catch (NoSuchAlgorithmException e) {
      throw SkaldException.of(ErrorKind.BUG, "every JDK has SHA-256", e);
    }
  }

  String fileName() {
    return fileName(tenant, namespace, group.name());
  }

  /**
   * The file's bytes, of which it is certain that {@link #decode} gives this again.
   *
   * @throws SkaldException LIMIT if there were too many
   */
  byte[] encode() {
    byte[] bytes = bytes();
    if (bytes.length > FILE_BYTES_MAX) {
      throw new SkaldException(
          ErrorKind.LIMIT, "rule group too large: bytes=%d max=%d", bytes.length, FILE_BYTES_MAX);
    }
    if (!decode(fileName(), bytes).equals(this)) {
      throw SkaldException.of(
          ErrorKind.BUG, "rule group " + group.name() + " would be read as another one");
    }
    return bytes;
  }

  private byte[] bytes() {
    String body =
        "tenant: "
            + YamlText.of(tenant.value())
            + "\nnamespace: "
            + YamlText.of(namespace)
            + "\ngroup:\n"
            + RuleYaml.indented(group);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String header = HEADER + checksum(bytes, 0) + "\n";
    return (header + body).getBytes(StandardCharsets.UTF_8);
  }

  private static String checksum(byte[] bytes, int from) {
    return String.format(Locale.ROOT, "%08x", Crc32c.of(bytes, from, bytes.length - from));
  }

  /**
   * @param path of messages; its last part is the file's name
   * @throws SkaldException CORRUPT with the path and what is wrong
   */
  static KeptGroup decode(String path, byte[] bytes) {
    String start = ascii(bytes, 0, HEADER.length());
    if (!start.equals(HEADER)) {
      throw corrupt(path, "header is '" + start + "', expected '" + HEADER + "'", null);
    }
    String said = ascii(bytes, HEADER.length(), HEADER_BYTES);
    String actual = checksum(bytes, Math.min(HEADER_BYTES, bytes.length));
    if (!said.equals(actual + "\n")) {
      throw corrupt(path, "checksum is " + actual + ", expected " + said.strip(), null);
    }
    try {
      KeptGroup kept = read(path, new String(bytes, StandardCharsets.UTF_8));
      if (!path.endsWith(kept.fileName())) {
        throw corrupt(path, "the group inside belongs into " + kept.fileName(), null);
      }
      return kept;
    } catch (SkaldException e) {
      throw e.kind() == ErrorKind.CORRUPT ? e : corrupt(path, e.getMessage(), e);
    }
  }

  private static KeptGroup read(String path, String text) {
    Mapping tree = YamlReader.read(path, text);
    ConfigValue group = tree.at("group");
    String tenant = tree.textAt("tenant");
    String namespace = tree.textAt("namespace");
    if (tenant == null || namespace == null || !(group instanceof Mapping mapping)) {
      throw corrupt(path, "tenant, namespace or group is missing", null);
    }
    RuleGroup read = RuleCheck.ofKept().group(RuleGroupReader.group(mapping));
    return new KeptGroup(new TenantId(tenant), namespace, read);
  }

  private static String ascii(byte[] bytes, int from, int to) {
    int end = Math.min(to, bytes.length);
    return from >= end ? "" : new String(bytes, from, end - from, StandardCharsets.US_ASCII);
  }

  private static SkaldException corrupt(String path, String problem, @Nullable Throwable cause) {
    String message = path + ": " + problem;
    return cause == null
        ? SkaldException.of(ErrorKind.CORRUPT, message)
        : SkaldException.of(ErrorKind.CORRUPT, message, cause);
  }
}
