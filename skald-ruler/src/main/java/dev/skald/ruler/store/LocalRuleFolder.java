package dev.skald.ruler.store;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A folder of rule files that others write: {@code <folder>/<tenant>/<file>}, the file's name being
 * the namespace (spec ruler.md 3). Names that begin with a dot are passed over, as are folders in a
 * tenant's folder; a link to a file is a file. Where there is but one tenant, {@code .yaml} and
 * {@code .yml} files directly in the folder are its too.
 *
 * <p>Reads the system's files by themselves, not through {@code Disk}: what is here is not ours, and
 * a path may be a link, a pipe, or somebody else's.
 */
public final class LocalRuleFolder {
  /** Of all tenants together, in one look. */
  private static final int FILES_MAX = 10_000;

  /** Of all files together, in one look. */
  private static final long BYTES_MAX = 16 << 20;

  private final Path folder;
  private final Optional<TenantId> onlyTenant;

  private LocalRuleFolder(Path folder, Optional<TenantId> onlyTenant) {
    this.folder = folder;
    this.onlyTenant = onlyTenant;
  }

  /** Each tenant has a folder in {@code folder}. */
  public static LocalRuleFolder ofTenants(Path folder) {
    return new LocalRuleFolder(folder, Optional.empty());
  }

  /** One tenant has {@code folder} to itself, with or without a folder of its name in it. */
  public static LocalRuleFolder of(Path folder, TenantId onlyTenant) {
    return new LocalRuleFolder(folder, Optional.of(onlyTenant));
  }

  /**
   * A file as it was found.
   *
   * @param path of messages
   * @param namespace its name
   */
  record RuleFile(TenantId tenant, String path, String namespace, String text) {}

  /**
   * All files as they are now, by tenant and name; none if the folder is absent.
   *
   * @throws SkaldException BAD_REQUEST for a file that is too large or no text, UNAVAILABLE for one
   *     that cannot be read
   */
  List<RuleFile> read() {
    SortedMap<String, RuleFile> found = new TreeMap<>();
    Look look = new Look();
    try {
      if (onlyTenant.isPresent()) {
        look.collect(folder, onlyTenant.get(), found);
        look.collect(folder.resolve(onlyTenant.get().value()), onlyTenant.get(), found);
      } else {
        for (Path tenant : entries(folder)) {
          if (Files.isDirectory(tenant) && isTenant(name(tenant))) {
            look.collect(tenant, new TenantId(name(tenant)), found);
          }
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw SkaldException.of(ErrorKind.UNAVAILABLE, "rule files cannot be read: " + e, e);
    }
    return List.copyOf(found.values());
  }

  /** The signs of {@code X-Scope-OrgID} (spec http-api.md 1.1); folders of other names are no tenants'. */
  private static boolean isTenant(String name) {
    return name.chars()
        .allMatch(
            c ->
                (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "!-_.*'()".indexOf(c) >= 0);
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  /** What is in a folder and not hidden, sorted by name. */
  private static List<Path> entries(Path folder) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      for (Path entry : stream) {
        if (!name(entry).startsWith(".")) {
          entries.add(entry);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException _) {
      return List.of();
    }
    Collections.sort(entries);
    return entries;
  }

  /** One look at the folder, counting what it finds. */
  private final class Look {
    private int files;
    private long bytes;

    /** A file of a tenant's own folder displaces one of its name in the folder above. */
    void collect(Path from, TenantId tenant, SortedMap<String, RuleFile> into) throws IOException {
      boolean isTop = from.equals(folder);
      for (Path file : entries(from)) {
        String name = name(file);
        boolean isWanted = !isTop || name.endsWith(".yaml") || name.endsWith(".yml");
        if (isWanted && Files.isRegularFile(file)) {
          RuleFile read = new RuleFile(tenant, file.toString(), name, text(file));
          into.put(tenant.value() + "/" + name, read);
        }
      }
    }

    private String text(Path file) throws IOException {
      byte[] content;
      try (InputStream in = Files.newInputStream(file)) {
        content = in.readNBytes(RuleSizes.TEXT_BYTES_MAX + 1);
      }
      if (content.length > RuleSizes.TEXT_BYTES_MAX) {
        throw new SkaldException(
            ErrorKind.BAD_REQUEST,
            "%s: rule file too large: max=%d bytes",
            file,
            RuleSizes.TEXT_BYTES_MAX);
      }
      bytes += content.length;
      if (++files > FILES_MAX || bytes > BYTES_MAX) {
        throw new SkaldException(
            ErrorKind.BAD_REQUEST,
            "%s: too many rule files: max=%d, of %d bytes together",
            folder,
            FILES_MAX,
            BYTES_MAX);
      }
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      } catch (CharacterCodingException e) {
        throw SkaldException.of(ErrorKind.BAD_REQUEST, file + ": not UTF-8", e);
      }
    }
  }
}
