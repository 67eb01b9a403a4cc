/** HTTP, tenants, configuration, and the one main that wires. */
@org.jspecify.annotations.NullMarked
module dev.skald.server {
  requires static transitive org.jspecify;
  requires transitive dev.skald.foundation;
  requires dev.skald.grep;
  requires transitive dev.skald.model;
  requires transitive dev.skald.logql;
  requires transitive dev.skald.storage;
  requires dev.skald.objectstore;
  requires transitive dev.skald.ingest;
  requires transitive dev.skald.query;
  requires dev.skald.ruler;
  requires io.prometheus.metrics.core;
  requires io.prometheus.metrics.model;
  requires io.prometheus.writer.text;
  requires org.eclipse.jetty.http2.server;
  requires org.eclipse.jetty.server;
  requires org.eclipse.jetty.websocket.core.server;
  requires org.slf4j;
  requires java.logging;
  requires java.management;
  requires jdk.management;
  requires java.net.http;

  exports dev.skald.server;
  exports dev.skald.server.config;
}
