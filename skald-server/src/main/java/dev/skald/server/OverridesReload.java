package dev.skald.server;

import dev.skald.error.SkaldException;
import dev.skald.server.config.RuntimeFiles;
import dev.skald.server.config.RuntimeOverrides;
import dev.skald.server.config.SkaldConfig;
import dev.skald.threads.Threads;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the files of {@code runtime_config} now and then (spec config.md 13). What they say
 * replaces the limits as a whole; a file with an error replaces nothing, and what held goes on
 * holding. Each state of the files is told once.
 */
final class OverridesReload implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OverridesReload.class);

  private final SkaldConfig config;
  private final LiveLimits limits;
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile State state;
  private @Nullable String toldError;

  /**
   * How the last look ended.
   *
   * @param sha256 of the files that the limits in force were read from
   */
  record State(boolean successful, String sha256) {}

  /** {@code read} is what {@code limits} were made from. */
  OverridesReload(SkaldConfig config, RuntimeFiles read, LiveLimits limits) {
    this.config = config;
    this.limits = limits;
    this.state = new State(true, read.sha256());
  }

  /** Looks once every {@code runtime_config.period} from now on, unless there is nothing to look at. */
  void start(Threads threads) {
    long periodNanos = config.runtimeConfig().period().toNanos();
    if (!config.runtimeConfig().file().isEmpty() && periodNanos > 0) {
      threads.start("runtime-config", () -> lookUntilStopped(periodNanos));
    }
  }

  private void lookUntilStopped(long periodNanos) {
    try {
      while (!stop.await(periodNanos, TimeUnit.NANOSECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads the files, and the limits from them if they are others than before. */
  void look() {
    State before = state;
    try {
      RuntimeFiles files = RuntimeFiles.read(config);
      String sha256 = files.sha256();
      boolean isSettled = before.successful() && sha256.equals(before.sha256());
      if (isSettled) {
        return;
      }
      RuntimeOverrides overrides = RuntimeOverrides.load(files, config.limitsConfig());
      limits.replace(overrides);
      overrides.warnings().forEach(LOG::warn);
      toldError = null;
      state = new State(true, sha256);
      LOG.info(
          "runtime_config was read anew: overrides of {} tenants hold", overrides.tenants().size());
    } catch (SkaldException e) {
      failed(before, e.getMessage());
    } catch (RuntimeException e) {
      failed(before, e.toString());
    }
  }

  private void failed(State before, String error) {
    state = new State(false, before.sha256());
    if (!error.equals(toldError)) {
      toldError = error;
      LOG.error("runtime_config cannot be used, the limits stay as they were: {}", error);
    }
  }

  State state() {
    return state;
  }

  /** The files that are looked at. */
  List<String> files() {
    return config.runtimeConfig().file();
  }

  @Override
  public void close() {
    stop.countDown();
  }
}
