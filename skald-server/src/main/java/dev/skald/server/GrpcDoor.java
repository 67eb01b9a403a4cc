package dev.skald.server;

import dev.skald.network.Network;
import dev.skald.server.config.ServerConfig;
import dev.skald.server.grpc.GrpcServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens gRPC's ports. */
final class GrpcDoor {
  private static final Logger LOG = LoggerFactory.getLogger(GrpcDoor.class);

  private static final int PORT_DEFAULT = 9095;

  private GrpcDoor() {}

  /**
   * Where the port that everybody has by default is taken, Skald does without rather than not start.
   *
   * @param requests where calls run; owned by the caller
   * @throws IOException if a port that was chosen cannot be had
   */
  static void open(
      Parts parts,
      ServerConfig server,
      Network network,
      ExecutorService requests,
      GrpcServer.Parts behind)
      throws IOException {
    List<InetSocketAddress> addresses = new ArrayList<>();
    addresses.add(address(server.grpcListenAddress(), server.grpcListenPort()));
    if (server.otlpGrpcListenPort() != 0) {
      addresses.add(address(server.grpcListenAddress(), server.otlpGrpcListenPort()));
    }
    try {
      GrpcServer grpc =
          parts.owning(
              GrpcServer.start(
                  network, requests, addresses, server.gracefulShutdownTimeout(), behind));
      LOG.info("grpc listens on ports {}", grpc.ports());
    } catch (IOException e) {
      if (server.grpcListenPort() != PORT_DEFAULT || server.otlpGrpcListenPort() != 0) {
        throw e;
      }
      LOG.warn("gRPC is not served: {}", e.getMessage());
    }
  }

  private static InetSocketAddress address(String host, int port) {
    return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
  }
}
