package dev.skald.server.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.DoubleSupplier;

/** The process and its virtual machine, under the names that Prometheus clients use. */
public final class ProcessMetrics {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MILLIS_PER_SECOND = 1e3;
  private static final double BYTES_PER_KB = 1024;
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";

  private ProcessMetrics() {}

  /** Adds the figures to the registry. */
  public static void register(PrometheusRegistry registry) {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    if (system instanceof com.sun.management.OperatingSystemMXBean process) {
      counter(
          registry,
          "process_cpu_seconds",
          "Time that processors worked.",
          () -> process.getProcessCpuTime() / NANOS_PER_SECOND);
    }
    if (system instanceof com.sun.management.UnixOperatingSystemMXBean process) {
      gauge(
          registry,
          "process_open_fds",
          "Open files and sockets.",
          process::getOpenFileDescriptorCount);
      gauge(
          registry, "process_max_fds", "How many may be open.", process::getMaxFileDescriptorCount);
    }
    gauge(
        registry,
        "process_start_time_seconds",
        "When it began, since 1970.",
        () -> ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS_PER_SECOND);
    if (Files.isReadable(STATUS)) {
      gauge(
          registry, "process_resident_memory_bytes", "Memory held.", ProcessMetrics::residentBytes);
    }
    registerMachine(registry);
  }

  private static void registerMachine(PrometheusRegistry registry) {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    GaugeWithCallback.builder()
        .name("jvm_memory_used_bytes")
        .help("Memory that the virtual machine uses.")
        .labelNames("area")
        .callback(
            callback -> {
              callback.call((double) memory.getHeapMemoryUsage().getUsed(), "heap");
              callback.call((double) memory.getNonHeapMemoryUsage().getUsed(), "nonheap");
            })
        .register(registry);
    gauge(
        registry,
        "jvm_memory_max_bytes",
        "Heap that it may use.",
        () -> memory.getHeapMemoryUsage().getMax());
    gauge(
        registry,
        "jvm_threads_current",
        "Platform threads.",
        () -> ManagementFactory.getThreadMXBean().getThreadCount());
    counter(
        registry,
        "jvm_gc_collection_seconds",
        "Time spent in collections of garbage.",
        () ->
            ManagementFactory.getGarbageCollectorMXBeans().stream()
                    .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                    .sum()
                / MILLIS_PER_SECOND);
  }

  private static double residentBytes() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(RESIDENT)) {
          String kilobytes = line.substring(RESIDENT.length()).replace("kB", "").strip();
          return Long.parseLong(kilobytes) * BYTES_PER_KB;
        }
      }
    } catch (IOException | NumberFormatException e) {
      return 0; // a system that tells it otherwise
    }
    return 0;
  }

  private static void gauge(
      PrometheusRegistry registry, String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  private static void counter(
      PrometheusRegistry registry, String name, String help, DoubleSupplier value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }
}
