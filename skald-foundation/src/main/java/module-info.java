/** Bytes, clocks, disk, config, metrics: things true of any server. */
@org.jspecify.annotations.NullMarked
module dev.skald.foundation {
  requires static transitive org.jspecify;
  requires org.snakeyaml.engine.v2;
  requires com.github.luben.zstd_jni;

  exports dev.skald.bytes;
  exports dev.skald.clock;
  exports dev.skald.compress;
  exports dev.skald.config;
  exports dev.skald.disk;
  exports dev.skald.error;
  exports dev.skald.network;
  exports dev.skald.random;
  exports dev.skald.threads;
}
