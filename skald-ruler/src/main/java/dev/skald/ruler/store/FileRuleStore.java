package dev.skald.ruler.store;

import dev.skald.disk.Disk;
import dev.skald.disk.ReadableFile;
import dev.skald.disk.WritableFile;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.TenantId;
import dev.skald.ruler.group.RuleGroup;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Groups in files of our own, one for each, and all of them in memory. A change is written under
 * another name, synced, and renamed; only then is it seen.
 *
 * <p>A file that cannot be read is left where it is, and its group is not there: {@link #damaged}
 * says which.
 */
public final class FileRuleStore implements RuleStore {
  /** What names of files end with that are being written; a crash may leave some. */
  private static final String UNFINISHED = ".tmp";

  private final Disk disk;
  private final String folder;
  private final RuleSizes sizes;
  private final List<String> damaged = new ArrayList<>();

  /** Held while disk and memory change, one after the other. */
  private final Object writing = new Object();

  /** So that no file is written again that a write or sync has failed on; under {@link #writing}. */
  private long writeCount;

  /** Changed under {@link #writing}, read at any time. */
  private final Map<TenantId, TenantRules> tenants = new ConcurrentHashMap<>();

  private FileRuleStore(Disk disk, String folder, RuleSizes sizes) {
    this.disk = disk;
    this.folder = folder;
    this.sizes = sizes;
  }

  /**
   * Reads what is there, and removes what a crash left half-written.
   *
   * @param folder of the disk, empty for its root; made with the first group
   */
  public static FileRuleStore open(Disk disk, String folder, RuleSizes sizes) throws IOException {
    FileRuleStore store = new FileRuleStore(disk, folder, sizes);
    for (String name : disk.list(folder)) {
      if (name.endsWith(UNFINISHED)) {
        disk.delete(store.path(name));
      } else if (name.endsWith(KeptGroup.SUFFIX)) {
        store.load(store.path(name));
      }
    }
    return store;
  }

  private void load(String path) throws IOException {
    try (ReadableFile file = disk.open(path)) {
      long bytes = file.sizeBytes();
      if (bytes > KeptGroup.FILE_BYTES_MAX) {
        throw new SkaldException(
            ErrorKind.CORRUPT,
            "%s: %d bytes, expected %d at most",
            path,
            bytes,
            KeptGroup.FILE_BYTES_MAX);
      }
      ByteBuffer content = ByteBuffer.allocate((int) bytes);
      file.read(0, content);
      KeptGroup kept = KeptGroup.decode(path, content.array());
      TenantRules before = rules(kept.tenant());
      tenants.put(kept.tenant(), before.with(kept.namespace(), kept.group()));
    } catch (SkaldException e) {
      damaged.add(e.getMessage());
    }
  }

  /** What is wrong with each file that could not be read when the store was opened. */
  public List<String> damaged() {
    return List.copyOf(damaged);
  }

  private String path(String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }

  @Override
  public TenantRules rules(TenantId tenant) {
    return tenants.getOrDefault(tenant, TenantRules.NONE);
  }

  @Override
  public List<TenantId> tenants() {
    return tenants.keySet().stream().sorted().toList();
  }

  @Override
  public RuleGroup group(TenantId tenant, String namespace, String name) {
    return rules(tenant).group(namespace, name).orElseThrow(FileRuleStore::noSuchGroup);
  }

  private static SkaldException noSuchGroup() {
    return SkaldException.of(ErrorKind.NOT_FOUND, "group does not exist");
  }

  @Override
  public void put(TenantId tenant, String namespace, RuleGroup group) {
    KeptGroup kept = new KeptGroup(tenant, namespace, group);
    byte[] bytes = kept.encode();
    synchronized (writing) {
      TenantRules after = rules(tenant).with(namespace, group);
      sizes.check(after);
      Map<TenantId, TenantRules> all = new HashMap<>(tenants);
      all.put(tenant, after);
      sizes.check(all.values());
      try {
        if (!folder.isEmpty()) {
          disk.createDirectories(folder);
        }
        String path = path(kept.fileName());
        String unfinished = path + "." + ++writeCount + UNFINISHED;
        write(unfinished, bytes);
        disk.rename(unfinished, path);
        tenants.put(tenant, after);
        disk.syncDirectory(folder);
      } catch (IOException e) {
        throw failed("written", e);
      }
    }
  }

  private void write(String path, byte[] bytes) throws IOException {
    try (WritableFile file = disk.create(path)) {
      file.write(ByteBuffer.wrap(bytes));
      file.sync();
    } catch (IOException e) {
      removeUnfinished(path);
      throw e;
    }
  }

  /** A full disk has no room for it; if it stays all the same, the next start removes it. */
  private void removeUnfinished(String path) {
    try {
      disk.delete(path);
    } catch (IOException _) {
      // The failure that is told is the first one.
    }
  }

  private static SkaldException failed(String verb, IOException e) {
    return SkaldException.of(
        ErrorKind.UNAVAILABLE, "rules cannot be " + verb + ": " + e.getMessage(), e);
  }

  @Override
  public void delete(TenantId tenant, String namespace, String name) {
    synchronized (writing) {
      if (rules(tenant).group(namespace, name).isPresent()) {
        delete(tenant, namespace, List.of(name));
      }
    }
  }

  @Override
  public void deleteNamespace(TenantId tenant, String namespace) {
    synchronized (writing) {
      List<String> names = rules(tenant).groups(namespace).stream().map(RuleGroup::name).toList();
      if (names.isEmpty()) {
        throw SkaldException.of(ErrorKind.NOT_FOUND, "group namespace does not exist");
      }
      delete(tenant, namespace, names);
    }
  }

  private void delete(TenantId tenant, String namespace, List<String> names) {
    try {
      for (String name : names) {
        disk.delete(path(KeptGroup.fileName(tenant, namespace, name)));
      }
      disk.syncDirectory(folder);
    } catch (IOException e) {
      throw failed(
          "deleted", e); // what is still shown is deleted, and synced, when it is asked for again
    }
    TenantRules after = rules(tenant);
    for (String name : names) {
      after = after.without(namespace, name);
    }
    if (after.isEmpty()) {
      tenants.remove(tenant);
    } else {
      tenants.put(tenant, after);
    }
  }

  @Override
  public void close() {
    // Nothing is open between two calls.
  }
}
