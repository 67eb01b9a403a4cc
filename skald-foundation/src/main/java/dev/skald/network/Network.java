package dev.skald.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;

/** Opens listening sockets. */
public interface Network {
  /**
   * A bound, listening channel; the caller closes it. Port 0 picks a free port.
   *
   * @throws IOException if the address is taken or not of this machine
   */
  ServerSocketChannel listen(InetSocketAddress address) throws IOException;

  /** The machine's own network. */
  static Network system() {
    return address -> {
      ServerSocketChannel channel = ServerSocketChannel.open();
      try {
        return channel.bind(address, 1024);
      } catch (IOException e) {
        channel.close();
        throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
      }
    };
  }
}
