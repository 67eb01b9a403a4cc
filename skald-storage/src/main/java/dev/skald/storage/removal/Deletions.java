package dev.skald.storage.removal;

import dev.skald.clock.EpochClock;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.TenantId;
import dev.skald.random.Randomness;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.retention.DeleteRequest;
import dev.skald.storage.retention.DeleteRequest.Force;
import dev.skald.storage.retention.DeleteRequest.Status;
import dev.skald.storage.retention.StorePolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The delete requests of all tenants, and what is hidden because of them. A request counts from the
 * moment it is durable. Safe for concurrent use.
 */
public final class Deletions {
  private static final Logger LOG = LoggerFactory.getLogger(Deletions.class);

  /** Requests of one tenant that hide rows: each costs every query a look. */
  public static final int PENDING_MAX = 1_000;

  /** Requests of one tenant that are done and still listed; the oldest are forgotten. */
  private static final int PROCESSED_KEPT = 1_000;

  private final EpochClock clock;
  private final Randomness randomness;
  private final StorePolicy policy;
  private final long cancelNanos;
  private final DeleteLog log; // guarded by this

  /** Replaced as a whole. */
  private volatile Map<TenantId, List<Deletion>> pending = Map.of();

  private Deletions(
      EpochClock clock,
      Randomness randomness,
      StorePolicy policy,
      long cancelNanos,
      DeleteLog log) {
    this.clock = clock;
    this.randomness = randomness;
    this.policy = policy;
    this.cancelNanos = cancelNanos;
    this.log = log;
  }

  /**
   * @param cancelNanos a request is processed this long after it was taken, and can be cancelled
   *     until then
   * @throws SkaldException CORRUPT if the requests cannot be read
   */
  public static Deletions load(
      EpochClock clock,
      Randomness randomness,
      ObjectStore store,
      StorePolicy policy,
      long cancelNanos)
      throws IOException {
    Deletions deletions =
        new Deletions(clock, randomness, policy, cancelNanos, DeleteLog.load(store, randomness));
    deletions.publish();
    return deletions;
  }

  /** Requests that were read and are not in force yet. */
  public static final class Loaded {
    private final DeleteLog log;

    private Loaded(DeleteLog log) {
      this.log = log;
    }
  }

  /**
   * Reads what another server may have made of the requests.
   *
   * @throws SkaldException CORRUPT if they cannot be read
   */
  public synchronized Loaded load() throws IOException {
    return new Loaded(log.again());
  }

  /** Puts them in force, if they are newer. */
  public synchronized void take(Loaded loaded) {
    if (log.take(loaded.log)) {
      publish();
    }
  }

  private synchronized void publish() {
    Map<TenantId, List<Deletion>> compiled = new HashMap<>();
    Map<TenantId, List<Deletion>> before = pending;
    for (DeleteRequest request : log.requests()) {
      if (request.status() == Status.RECEIVED) {
        compiled
            .computeIfAbsent(request.tenant(), tenant -> new ArrayList<>())
            .add(compiled(request, before));
      }
    }
    compiled.replaceAll((tenant, all) -> List.copyOf(all));
    pending = Map.copyOf(compiled);
  }

  private Deletion compiled(DeleteRequest request, Map<TenantId, List<Deletion>> before) {
    for (Deletion known : before.getOrDefault(request.tenant(), List.of())) {
      if (known.request().equals(request)) {
        return known;
      }
    }
    return new Deletion(request, policy.compile(request.query()));
  }

  /** What is hidden of a tenant's rows. */
  public List<Deletion> hiding(TenantId tenant) {
    List<Deletion> all = pending.getOrDefault(tenant, List.of());
    if (all.isEmpty()) {
      return all;
    }
    return switch (policy.limits(tenant).deletionMode()) {
      case DISABLED -> List.of();
      case FILTER_ONLY, FILTER_AND_DELETE -> all;
    };
  }

  /** Requests of all tenants in order of creation, those done that are kept too. */
  public synchronized List<DeleteRequest> all() {
    return List.copyOf(log.requests());
  }

  /** Tenants that have requests to be processed now, with these. */
  public Map<TenantId, List<Deletion>> due() {
    Map<TenantId, List<Deletion>> due = new HashMap<>();
    long now = clock.nowEpochNanos();
    pending.forEach(
        (tenant, all) -> {
          List<Deletion> ready =
              all.stream()
                  .filter(each -> now - each.request().createdEpochNanos() >= cancelNanos)
                  .toList();
          boolean mayDelete =
              switch (policy.limits(tenant).deletionMode()) {
                case DISABLED, FILTER_ONLY -> false;
                case FILTER_AND_DELETE -> true;
              };
          if (mayDelete && !ready.isEmpty()) {
            due.put(tenant, ready);
          }
        });
    return due;
  }

  /** All requests of a tenant in order of creation. */
  public synchronized List<DeleteRequest> list(TenantId tenant) {
    return log.requests().stream().filter(each -> each.tenant().equals(tenant)).toList();
  }

  /** Requests that hide rows, all tenants. */
  public int pendingCount() {
    return pending.values().stream().mapToInt(List::size).sum();
  }

  /**
   * Takes a request; its rows are hidden when this returns.
   *
   * @throws SkaldException BAD_REQUEST if the query does not compile; LIMIT if too many are pending;
   *     UNAVAILABLE if it cannot be made durable
   */
  public synchronized DeleteRequest add(
      TenantId tenant, String query, long startEpochNanos, long endEpochNanos, Force force) {
    policy.compile(query);
    int count = pending.getOrDefault(tenant, List.of()).size();
    if (count >= PENDING_MAX) {
      throw new SkaldException(
          ErrorKind.LIMIT, "too many pending delete requests: %d, max %d", count, PENDING_MAX);
    }
    String id = "%08x".formatted((int) randomness.nextLong());
    DeleteRequest request =
        new DeleteRequest(
            id,
            tenant,
            query,
            startEpochNanos,
            endEpochNanos,
            clock.nowEpochNanos(),
            force,
            Status.RECEIVED,
            0);
    List<DeleteRequest> next = new ArrayList<>(log.requests());
    next.add(request);
    write(next);
    return request;
  }

  /**
   * Takes a request back; its rows are visible when this returns.
   *
   * @throws SkaldException NOT_FOUND or BAD_REQUEST with the reference's texts
   */
  public synchronized void cancel(TenantId tenant, String id, Force force) {
    DeleteRequest request =
        list(tenant).stream()
            .filter(each -> each.id().equals(id))
            .findFirst()
            .orElseThrow(
                () ->
                    SkaldException.of(
                        ErrorKind.NOT_FOUND, "could not find delete request with given id"));
    if (request.status() == Status.PROCESSED) {
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST,
          "deletion of request which is in process or already processed is not allowed");
    }
    boolean isLate = clock.nowEpochNanos() - request.createdEpochNanos() >= cancelNanos;
    if (force == Force.LIMITED && (isLate || request.rowsDeleted() > 0)) {
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST,
          "Cancellation of partially completed delete request or delete request past the deadline"
              + " of "
              + DeleteRequest.durationText(cancelNanos)
              + " since its creation is not allowed. To force, use the ?force query parameter");
    }
    write(log.requests().stream().filter(each -> !each.equals(request)).toList());
  }

  /** Tells that rows of a request are gone; it was cancelled meanwhile: nothing happens. */
  public synchronized void progressed(DeleteRequest request, Status status, long rows) {
    List<DeleteRequest> next = new ArrayList<>();
    boolean changed = false;
    for (DeleteRequest each : log.requests()) {
      boolean isIt = each.tenant().equals(request.tenant()) && each.id().equals(request.id());
      next.add(isIt ? each.progressed(status, rows) : each);
      changed |= isIt && (rows > 0 || each.status() != status);
    }
    if (changed) {
      forgetOld(request.tenant(), next);
      write(next);
    }
  }

  private static void forgetOld(TenantId tenant, List<DeleteRequest> requests) {
    List<DeleteRequest> done =
        requests.stream()
            .filter(each -> each.tenant().equals(tenant) && each.status() == Status.PROCESSED)
            .toList();
    if (done.size() > PROCESSED_KEPT) {
      requests.removeAll(done.subList(0, done.size() - PROCESSED_KEPT));
    }
  }

  private void write(List<DeleteRequest> next) {
    try {
      log.replace(next);
    } catch (IOException e) {
      LOG.error("delete requests cannot be written: {}", e.getMessage());
      throw SkaldException.of(
          ErrorKind.UNAVAILABLE, "cannot write the delete requests: " + e.getMessage(), e);
    } finally {
      publish(); // another server's, if that was faster
    }
  }
}
