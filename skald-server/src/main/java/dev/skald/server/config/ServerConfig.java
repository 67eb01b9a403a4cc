package dev.skald.server.config;

import dev.skald.config.Default;
import dev.skald.config.Doc;
import dev.skald.config.Range;
import java.time.Duration;

/** Where the server listens and how it logs: {@code server:}. */
public record ServerConfig(
    @Doc(
            "Address to listen on; empty is every interface. Without any configuration file "
                + "it is 127.0.0.1.")
        @Default("\"\"")
        String httpListenAddress,
    @Doc("Port of the HTTP API; 0 takes a free one.") @Default("3100") @Range(max = 65_535)
        int httpListenPort,
    @Doc(
            "Address to listen on for gRPC; empty is every interface. Without any configuration "
                + "file it is 127.0.0.1.")
        @Default("\"\"")
        String grpcListenAddress,
    @Doc(
            "Port of gRPC, which takes pushes of Loki's and of OpenTelemetry's clients; 0 takes a "
                + "free one. If the default is taken the server starts without.")
        @Default("9095")
        @Range(max = 65_535)
        int grpcListenPort,
    @Doc(
            "One more port of the same gRPC server, where OpenTelemetry's clients look for one "
                + "(4317); a key of Skald's own; 0 is none.")
        @Default("0")
        @Range(max = 65_535)
        int otlpGrpcListenPort,
    @Doc("Put before every route: /loki makes it /loki/loki/api/v1/push.") @Default("\"\"")
        String httpPathPrefix,
    @Doc("Connections at a time; 0 is no limit.") @Default("0") int httpListenConnLimit,
    @Doc("Longest time for a request to arrive; 0 waits for ever.") @Default("30s")
        Duration httpServerReadTimeout,
    @Doc("Longest time for a response to be taken; 0 waits for ever.") @Default("30s")
        Duration httpServerWriteTimeout,
    @Doc("A connection without a request is closed after this time.") @Default("2m")
        Duration httpServerIdleTimeout,
    @Doc("Longest time that requests in flight may take when the server stops.") @Default("30s")
        Duration gracefulShutdownTimeout,
    @Doc("Least severe level that is logged.") @Default("info") LogLevel logLevel,
    @Doc("How log lines are written.") @Default("logfmt") LogFormat logFormat,
    @Doc("Logs each request at level info instead of debug.") @Default("false")
        boolean logRequestAtInfoLevelEnabled,
    @Doc("Serves /metrics.") @Default("true") boolean registerInstrumentation) {
  /** How severe a line of the server's own log is. */
  public enum LogLevel {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }

  /** The form of the server's own log. */
  public enum LogFormat {
    LOGFMT,
    JSON
  }
}
