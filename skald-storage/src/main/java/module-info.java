/** Keeps entries durably and finds them by stream and time. */
@org.jspecify.annotations.NullMarked
module dev.skald.storage {
  requires static transitive org.jspecify;
  requires transitive dev.skald.foundation;
  requires transitive dev.skald.grep;
  requires transitive dev.skald.model;
  requires org.slf4j;
  requires com.github.luben.zstd_jni;

  exports dev.skald.storage;
  exports dev.skald.storage.check;
  exports dev.skald.storage.retention;
  exports dev.skald.storage.object;
}
