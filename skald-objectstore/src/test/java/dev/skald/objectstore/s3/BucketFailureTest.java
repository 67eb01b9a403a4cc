package dev.skald.objectstore.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.storage.object.ObjectName;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.object.ObjectWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** What the store makes of a service that fails, lies, or is not there. */
final class BucketFailureTest {
  private static final ObjectName NAME = new ObjectName("folder", "a1");

  private final Moods moods = new Moods();
  private S3Server server;

  @BeforeEach
  void start() throws Exception {
    server = S3Server.inMemory(moods::around);
    try (S3Client client = S3Clients.make(server.settings("logs", ""))) {
      client.createBucket(create -> create.bucket("logs"));
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private S3ObjectStore open(S3Settings settings) {
    return S3ObjectStore.open(settings, new Random(1)::nextLong);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private static void requireText(ObjectStore store, String text) throws IOException {
    assertEquals(text, new String(store.readAll(NAME), UTF_8));
  }

  @Test
  void aPutWhoseAnswerIsLostHasHappened() throws IOException {
    try (S3ObjectStore store = open(server.settings("logs", "x/"))) {
      moods.loseAnswers(2);
      store.createIfAbsent(NAME, bytes("first"));
      assertEquals(0, moods.left());
      requireText(store, "first");
      assertThrows(
          FileAlreadyExistsException.class, () -> store.createIfAbsent(NAME, bytes("first")));
    }
  }

  @Test
  void aThrottledPutIsTriedAgain() throws IOException {
    try (S3ObjectStore store = open(server.settings("logs", ""))) {
      moods.throttle(3);
      store.createIfAbsent(NAME, bytes("first"));
      requireText(store, "first");
    }
  }

  @Test
  void aPutThatFailsAllTheTimeSaysWhereAndCanBeRepeated() throws IOException {
    try (S3ObjectStore store = open(server.settings("logs", "x/"))) {
      moods.throttle(100);
      IOException e =
          assertThrows(IOException.class, () -> store.createIfAbsent(NAME, bytes("first")));
      String said = String.valueOf(e.getMessage());
      assertTrue(said.startsWith("cannot put folder/a1 (http://127.0.0.1:"), said);
      assertTrue(said.contains("bucket logs, prefix x/"), said);
      moods.throttle(0);
      store.createIfAbsent(NAME, bytes("first"));
      requireText(store, "first");
    }
  }

  @Test
  void aLargeObjectGoesInParts() throws IOException {
    byte[] content = new byte[2 * S3Settings.PART_BYTES_MIN + 12_345];
    new Random(3).nextBytes(content);
    try (S3ObjectStore store = open(server.settings("logs", ""))) {
      try (ObjectWriter writer = store.create(NAME)) {
        writer.write(ByteBuffer.wrap(content, 0, 6_000_000));
        writer.write(ByteBuffer.wrap(content, 6_000_000, content.length - 6_000_000));
        assertTrue(store.list("folder").isEmpty());
        writer.complete();
      }
      assertEquals(ByteBuffer.wrap(content), ByteBuffer.wrap(store.readAll(NAME)));
      try (ObjectWriter writer = store.create(NAME)) {
        writer.write(ByteBuffer.wrap(content));
        assertThrows(FileAlreadyExistsException.class, writer::complete);
      }
      ObjectName abandoned = new ObjectName("folder", "a2");
      try (ObjectWriter writer = store.create(abandoned)) {
        writer.write(ByteBuffer.wrap(content));
      }
      assertEquals(1, store.list("folder").size());
    }
  }

  @Test
  void theProbeLikesAServiceThatDoesAllAndLeavesNothing() throws IOException {
    try (S3ObjectStore store = open(server.settings("logs", "x/"))) {
      StoreProbe.run(store, new Random(1)::nextLong, store.toString());
      assertTrue(store.list(StoreProbe.FOLDER).isEmpty());
    }
  }

  @Test
  void theProbeRefusesAStoreThatOverwrites() {
    SkaldException e = probeFails(new CarelessStore(), "there");
    assertEquals(ErrorKind.UNSUPPORTED, e.kind());
    assertTrue(e.getMessage().contains("in spite of If-None-Match: *"), e::getMessage);
  }

  private static SkaldException probeFails(ObjectStore store, String place) {
    return assertThrows(
        SkaldException.class, () -> StoreProbe.run(store, new Random(1)::nextLong, place));
  }

  @Test
  void theProbeSaysWhichBucketIsNotThere() {
    try (S3ObjectStore store = open(server.settings("nowhere", ""))) {
      SkaldException e = probeFails(store, store.toString());
      assertEquals(ErrorKind.UNAVAILABLE, e.kind());
      assertTrue(e.getMessage().contains(", bucket nowhere: cannot write: "), e::getMessage);
      assertTrue(e.getMessage().contains("bucket does not exist"), e::getMessage);
    }
  }

  @Test
  void theProbeTellsAWrongSecretAndShowsNone() {
    try (S3ObjectStore store = open(server.settings("logs", "", "wrong-secret"))) {
      SkaldException e = probeFails(store, store.toString());
      assertTrue(e.getMessage().contains("Status Code: 403"), e::getMessage);
      assertFalse(e.getMessage().contains("wrong-secret"), e::getMessage);
    }
  }

  @Test
  void theProbeSaysThatNobodyIsThere() {
    S3Settings settings =
        new S3Settings(
            URI.create("http://127.0.0.1:1"),
            "us-east-1",
            "logs",
            "",
            S3Settings.Addressing.PATH,
            new S3Settings.Credentials("id", "secret", ""),
            Duration.ofSeconds(1),
            1,
            S3Settings.PART_BYTES_MIN);
    try (S3ObjectStore store = open(settings)) {
      SkaldException e = probeFails(store, store.toString());
      assertTrue(
          e.getMessage().contains("http://127.0.0.1:1, bucket logs: cannot write"), e::getMessage);
      assertTrue(e.getMessage().contains("Connection refused"), e::getMessage);
    }
  }
}
