package dev.skald.server;

import dev.skald.server.config.SkaldConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says when a configuration lets everybody in who reaches the machine. That is Loki's default, and often not meant. */
final class OpenDoors {
  private static final Logger LOG = LoggerFactory.getLogger(OpenDoors.class);

  private OpenDoors() {}

  /** What to say, if anything. */
  static Optional<String> warning(SkaldConfig config) {
    String address = config.server().httpListenAddress();
    if (config.authEnabled() || isLoopback(address)) {
      return Optional.empty();
    }
    return Optional.of(
        ("auth_enabled is false and %s is listened on: whoever reaches port %d can read, write and"
                + " delete everything; set server.http_listen_address to 127.0.0.1, or auth_enabled"
                + " to true behind a proxy that knows its users")
            .formatted(
                address.isEmpty() ? "every interface" : address, config.server().httpListenPort()));
  }

  private static boolean isLoopback(String address) {
    if (address.isEmpty()) {
      return false;
    }
    InetAddress resolved = new InetSocketAddress(address, 0).getAddress();
    return resolved != null && resolved.isLoopbackAddress();
  }

  /** Loudly: on standard error too if the log would keep it back. */
  static void say(String warning) {
    LOG.warn(warning);
    if (!LOG.isWarnEnabled()) {
      System.err.println("skald warns: " + warning);
    }
  }
}
