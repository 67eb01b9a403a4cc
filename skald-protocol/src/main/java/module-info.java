/** Loki's wire shapes, both directions, no sockets. */
@org.jspecify.annotations.NullMarked
module dev.skald.protocol {
  requires static transitive org.jspecify;
  requires transitive dev.skald.foundation;
  requires transitive dev.skald.model;
  requires transitive com.fasterxml.jackson.core;
  requires aircompressor.v3;
  requires com.github.luben.zstd_jni;

  exports dev.skald.protocol.otlp;
  exports dev.skald.protocol.push;
  exports dev.skald.protocol.query;
  exports dev.skald.protocol.wire;
}
