package dev.skald.server.http;

import dev.skald.clock.Ticker;
import dev.skald.network.Network;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty, listening on one address. Requests run on virtual threads, which wait; Jetty's own few threads select. */
public final class HttpServer implements AutoCloseable {
  /** Platform threads of Jetty: acceptor, selectors and spares; no request runs on them. */
  private static final int JETTY_THREADS_MAX = 16;

  private static final int REQUEST_HEADER_BYTES_MAX = 1 << 20;

  private final Server server;
  private final ServerConnector connector;

  private HttpServer(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /**
   * Times and sizes of the listener.
   *
   * @param idleTimeout how long a connection may be silent
   * @param stopTimeout how long running requests get at close
   * @param connectionsMax how many may be open; 0 is no limit
   */
  public record Settings(
      InetSocketAddress address, Duration idleTimeout, Duration stopTimeout, int connectionsMax) {}

  /**
   * Binds and starts.
   *
   * @param requests where requests run; owned by the caller
   * @throws IOException if the address cannot be bound
   */
  static HttpServer start(
      Network network, Ticker ticker, ExecutorService requests, Settings settings, HttpFront front)
      throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(JETTY_THREADS_MAX, 2);
    threads.setName("http");
    threads.setDaemon(true);
    threads.setVirtualThreadsExecutor(requests);
    Server server = new Server(threads);
    server.setStopTimeout(settings.stopTimeout().toMillis());
    ServerConnector connector = new WatchingConnector(server, ticker, connections());
    connector.setIdleTimeout(settings.idleTimeout().toMillis());
    ServerSocketChannel channel = network.listen(settings.address());
    try {
      connector.open(channel);
      server.addConnector(connector);
      if (settings.connectionsMax() > 0) {
        server.addBean(new NetworkConnectionLimit(settings.connectionsMax(), connector));
      }
      TailDoor.prepare(server);
      server.setHandler(front);
      server.setErrorHandler(new TextErrorHandler());
      server.start();
      return new HttpServer(server, connector);
    } catch (Exception e) {
      channel.close();
      throw new IOException("cannot start the HTTP server: " + e.getMessage(), e);
    }
  }

  /** Whose connections tell when the client has gone. */
  private static final class WatchingConnector extends ServerConnector {
    private final Ticker ticker;

    WatchingConnector(Server server, Ticker ticker, HttpConnectionFactory connections) {
      super(server, 1, 1, connections);
      this.ticker = ticker;
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(
        SocketChannel channel, ManagedSelector selector, SelectionKey key) {
      SocketChannelEndPoint endPoint =
          new WatchedEndPoint(channel, selector, key, getScheduler(), ticker);
      endPoint.setIdleTimeout(getIdleTimeout());
      return endPoint;
    }
  }

  private static HttpConnectionFactory connections() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setSendDateHeader(true);
    configuration.setRequestHeaderSize(REQUEST_HEADER_BYTES_MAX);
    configuration.setHttpCompliance(HttpCompliance.RFC7230);
    // Routes are matched on the raw path and no path ever names a file, so odd escapes are harmless
    // here.
    configuration.setUriCompliance(UriCompliance.UNSAFE);
    return new HttpConnectionFactory(configuration);
  }

  /** The port that was bound. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Connections that are open. */
  public int openConnections() {
    return connector.getConnectedEndPoints().size();
  }

  /** Stops accepting, lets running requests end within the stop timeout. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP server did not stop: " + e.getMessage(), e);
    }
  }
}
