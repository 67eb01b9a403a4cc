package dev.skald.storage.object;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * A store far away, for tests: every request happens at one moment between its call and its answer,
 * takes its time, and may fail: refused (throttled), carried out with its answer lost, or carried out
 * later than the caller waited.
 */
public final class UncertainObjectStore implements ObjectStore {
  private static final int LATENCY_NANOS_MAX = 30_000;

  private final ObjectStore below;
  private final Random random; // guarded by itself
  private volatile int failuresPerThousand;

  /** Puts that nobody waits for any more and that are still on their way; guarded by itself. */
  private final List<Late> late = new ArrayList<>();

  private record Late(ObjectName name, ByteBuffer content) {}

  private enum Fate {
    WELL,
    REFUSED,
    ANSWER_LOST,
    LATE
  }

  /**
   * @param below linearizable
   * @param failuresPerThousand of all requests
   */
  public UncertainObjectStore(ObjectStore below, Random random, int failuresPerThousand) {
    this.below = below;
    this.random = random;
    this.failuresPerThousand = failuresPerThousand;
  }

  /** From now on. */
  public void failuresPerThousand(int failures) {
    failuresPerThousand = failures;
  }

  private Fate fate() {
    int latencyNanos;
    Fate fate = Fate.WELL;
    synchronized (random) {
      latencyNanos = random.nextInt(LATENCY_NANOS_MAX);
      if (random.nextInt(1000) < failuresPerThousand) {
        fate = Fate.values()[1 + random.nextInt(Fate.values().length - 1)];
      }
    }
    LockSupport.parkNanos(latencyNanos);
    arrive();
    return fate;
  }

  /** Some of what was late happens now. */
  private void arrive() {
    List<Late> arrived = new ArrayList<>();
    synchronized (random) {
      synchronized (late) {
        while (!late.isEmpty() && random.nextBoolean()) {
          arrived.add(late.remove(random.nextInt(late.size())));
        }
      }
    }
    for (Late put : arrived) {
      try {
        below.createIfAbsent(put.name(), put.content());
      } catch (IOException e) {
        // nobody waits for the answer
      }
    }
  }

  private static IOException lost(Fate fate, ObjectName name) {
    return new IOException(name + ": " + fate);
  }

  @Override
  public void createIfAbsent(ObjectName name, ByteBuffer content) throws IOException {
    switch (fate()) {
      case WELL -> below.createIfAbsent(name, content);
      case REFUSED -> throw lost(Fate.REFUSED, name);
      case ANSWER_LOST -> {
        try {
          below.createIfAbsent(name, content);
        } catch (FileAlreadyExistsException e) {
          throw new IOException(name + ": answer lost", e);
        }
        throw lost(Fate.ANSWER_LOST, name);
      }
      case LATE -> {
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        synchronized (late) {
          late.add(new Late(name, ByteBuffer.wrap(bytes)));
        }
        throw lost(Fate.LATE, name);
      }
    }
  }

  private void failMaybe(ObjectName name) throws IOException {
    Fate fate = fate();
    if (fate != Fate.WELL) {
      throw lost(fate, name);
    }
  }

  @Override
  public ObjectWriter create(ObjectName name) throws IOException {
    failMaybe(name);
    return below.create(name);
  }

  @Override
  public ObjectReader open(ObjectName name) throws IOException {
    failMaybe(name);
    return below.open(name);
  }

  @Override
  public List<ObjectName> list(String folder) throws IOException {
    failMaybe(new ObjectName(folder, "list"));
    return below.list(folder);
  }

  @Override
  public void delete(ObjectName name) throws IOException {
    Fate fate = fate();
    if (fate == Fate.ANSWER_LOST) {
      below.delete(name);
    }
    if (fate != Fate.WELL) {
      throw lost(fate, name);
    }
    below.delete(name);
  }
}
