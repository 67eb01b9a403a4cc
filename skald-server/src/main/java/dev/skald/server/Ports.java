package dev.skald.server;

import dev.skald.clock.EpochClock;
import dev.skald.clock.SystemClock;
import dev.skald.clock.Ticker;
import dev.skald.disk.Disk;
import dev.skald.disk.FileDisk;
import dev.skald.network.Network;
import dev.skald.random.Randomness;
import dev.skald.threads.Threads;
import java.io.IOException;
import java.nio.file.Path;

/** All that a Skald touches outside itself. */
record Ports(
    EpochClock clock,
    Ticker ticker,
    Threads threads,
    Randomness randomness,
    Network network,
    DiskOpener disks) {

  static Ports ofThisMachine() {
    SystemClock clock = new SystemClock();
    return new Ports(
        clock, clock, Threads.jvm(), Randomness.secure(), Network.system(), FileDisk::at);
  }

  /** Opens the tree of files below a folder, which is made if absent. */
  @FunctionalInterface
  interface DiskOpener {
    Disk open(Path folder) throws IOException;
  }
}
