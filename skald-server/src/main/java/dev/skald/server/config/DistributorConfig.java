package dev.skald.server.config;

import dev.skald.config.ByteSize;
import dev.skald.config.Default;
import dev.skald.config.Doc;
import java.util.List;

/** How pushes are taken: {@code distributor:}. */
public record DistributorConfig(
    @Doc("Longest body of a push as sent, at most 16MB; beyond it 413.") @Default("100MB")
        ByteSize maxRecvMsgSize,
    @Doc("Longest body of a push after decompression, at most 64MB; beyond it 413.")
        @Default("5242880000")
        ByteSize maxDecompressedSize,
    @Doc("Bytes of pushes being worked on at a time; beyond it 503; 0 is no limit of its " + "own.")
        @Default("0")
        ByteSize maxInflightBytes,
    OtlpDefaults otlpConfig) {
  /** OpenTelemetry for tenants that say nothing: {@code distributor.otlp_config}. */
  public record OtlpDefaults(
      @Doc("Resource attributes that become labels; all others become structured metadata.")
          @Default(
              "[service.name, service.namespace, service.instance.id, deployment.environment,"
                  + " deployment.environment.name, cloud.region, cloud.availability_zone,"
                  + " k8s.cluster.name, k8s.namespace.name, k8s.pod.name, k8s.container.name,"
                  + " container.name, k8s.replicaset.name, k8s.deployment.name,"
                  + " k8s.statefulset.name, k8s.daemonset.name, k8s.cronjob.name, k8s.job.name]")
          List<String> defaultResourceAttributesAsIndexLabels) {}
}
