package dev.skald.server.grpc;

import dev.skald.clock.Ticker;
import dev.skald.ingest.Ingester;
import dev.skald.network.Network;
import dev.skald.server.metrics.RequestMetrics;
import dev.skald.server.tenant.TenantGate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty, listening for HTTP/2 without TLS on some addresses; clients must know that it is HTTP/2. */
public final class GrpcServer implements AutoCloseable {
  /** Platform threads: acceptors, selectors and a spare each; no call runs on them. */
  private static final int JETTY_THREADS_MAX = 12;

  /** Calls at a time on one connection, as in Loki. */
  private static final int CALLS_PER_CONNECTION_MAX = 100;

  /** What a call, and a connection, may send ahead of being read. */
  private static final int CALL_WINDOW_BYTES = 1 << 20;

  private static final int CONNECTION_WINDOW_BYTES = 4 << 20;

  private final Server server;
  private final List<ServerConnector> connectors;

  private GrpcServer(Server server, List<ServerConnector> connectors) {
    this.server = server;
    this.connectors = List.copyOf(connectors);
  }

  /** Whom calls reach. */
  public record Parts(Ticker ticker, RequestMetrics metrics, TenantGate gate, Ingester ingester) {}

  /**
   * Binds and starts.
   *
   * @param requests where calls run; owned by the caller
   * @throws IOException if an address cannot be bound; nothing listens then
   */
  public static GrpcServer start(
      Network network,
      ExecutorService requests,
      List<InetSocketAddress> addresses,
      Duration stopTimeout,
      Parts parts)
      throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(JETTY_THREADS_MAX, 1);
    threads.setName("grpc");
    threads.setDaemon(true);
    threads.setVirtualThreadsExecutor(requests);
    Server server = new Server(threads);
    server.setStopTimeout(stopTimeout.toMillis());
    server.setHandler(
        new GrpcFront(
            parts.ticker(), parts.metrics(), parts.gate(), new GrpcCalls(parts.ingester())));
    List<ServerSocketChannel> channels = new ArrayList<>();
    List<ServerConnector> connectors = new ArrayList<>();
    try {
      for (InetSocketAddress address : addresses) {
        ServerConnector connector = new ServerConnector(server, 1, 1, connections());
        ServerSocketChannel channel = network.listen(address);
        channels.add(channel);
        connector.open(channel);
        server.addConnector(connector);
        connectors.add(connector);
      }
      server.start();
      return new GrpcServer(server, connectors);
    } catch (Exception e) {
      for (ServerSocketChannel channel : channels) {
        channel.close();
      }
      throw new IOException("cannot start the gRPC server: " + e.getMessage(), e);
    }
  }

  private static HTTP2CServerConnectionFactory connections() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setSendDateHeader(false);
    HTTP2CServerConnectionFactory connections = new HTTP2CServerConnectionFactory(configuration);
    connections.setMaxConcurrentStreams(CALLS_PER_CONNECTION_MAX);
    connections.setInitialStreamRecvWindow(CALL_WINDOW_BYTES);
    connections.setInitialSessionRecvWindow(CONNECTION_WINDOW_BYTES);
    return connections;
  }

  /** The ports that were bound, in the order of the addresses. */
  public List<Integer> ports() {
    return connectors.stream().map(ServerConnector::getLocalPort).toList();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the gRPC server did not stop: " + e.getMessage(), e);
    }
  }
}
