package dev.skald.storage.object;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link ObjectStore} must do. */
public abstract class ObjectStoreContract {
  private static final ObjectName NAME = new ObjectName("folder", "a-1");

  /** An empty store. */
  protected abstract ObjectStore store() throws IOException;

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private static String text(ObjectStore store, ObjectName name) throws IOException {
    return new String(store.readAll(name), UTF_8);
  }

  @Test
  void anObjectIsVisibleWhenCompleteAndNotBefore() throws IOException {
    ObjectStore store = store();
    try (ObjectWriter writer = store.create(NAME)) {
      writer.write(bytes("hel"));
      writer.write(bytes("lo"));
      assertEquals(5, writer.positionBytes());
      assertEquals(List.of(), store.list("folder"));
      assertThrows(NoSuchFileException.class, () -> store.open(NAME));
      writer.complete();
      assertEquals(List.of(NAME), store.list("folder"));
    }
    assertEquals("hello", text(store, NAME));
  }

  @Test
  void anObjectNotCompletedIsForgotten() throws IOException {
    ObjectStore store = store();
    try (ObjectWriter writer = store.create(NAME)) {
      writer.write(bytes("hello"));
    }
    assertEquals(List.of(), store.list("folder"));
    store.createIfAbsent(NAME, bytes("other"));
    assertEquals("other", text(store, NAME));
  }

  @Test
  void aNameIsTakenOnce() throws IOException {
    ObjectStore store = store();
    store.createIfAbsent(NAME, bytes("first"));
    assertThrows(
        FileAlreadyExistsException.class, () -> store.createIfAbsent(NAME, bytes("second")));
    try (ObjectWriter writer = store.create(NAME)) {
      writer.write(bytes("third"));
      assertThrows(FileAlreadyExistsException.class, writer::complete);
    }
    assertEquals("first", text(store, NAME));
  }

  @Test
  void ofManyWhoCreateOneNameOneSucceeds() throws Exception {
    ObjectStore store = store();
    List<Callable<Boolean>> writers =
        IntStream.range(0, 8)
            .<Callable<Boolean>>mapToObj(i -> () -> create(store, "writer " + i))
            .toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      int succeeded = 0;
      for (Future<Boolean> outcome : threads.invokeAll(writers)) {
        succeeded += outcome.get() ? 1 : 0;
      }
      assertEquals(1, succeeded);
    }
    assertEquals("writer", text(store, NAME).substring(0, 6));
  }

  private static boolean create(ObjectStore store, String content) throws IOException {
    try {
      store.createIfAbsent(NAME, bytes(content));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  @Test
  void creatingLeavesTheBufferAsItWas() throws IOException {
    ByteBuffer content = bytes("xhello");
    content.get();
    ObjectStore store = store();
    store.createIfAbsent(NAME, content);
    assertEquals(1, content.position());
    assertEquals("hello", text(store, NAME));
  }

  @Test
  void rangesAreRead() throws IOException {
    ObjectStore store = store();
    store.createIfAbsent(NAME, bytes("0123456789"));
    try (ObjectReader reader = store.open(NAME)) {
      assertEquals(10, reader.sizeBytes());
      byte[] part = new byte[4];
      reader.read(3, ByteBuffer.wrap(part));
      assertArrayEquals("3456".getBytes(UTF_8), part);
      reader.read(6, ByteBuffer.wrap(part));
      assertArrayEquals("6789".getBytes(UTF_8), part);
      assertThrows(EOFException.class, () -> reader.read(7, ByteBuffer.allocate(4)));
    }
  }

  @Test
  void namesAreListedSortedByFolder() throws IOException {
    ObjectStore store = store();
    for (String name : List.of("b", "a", "c")) {
      store.createIfAbsent(new ObjectName("folder", name), bytes(name));
      store.createIfAbsent(new ObjectName("folder2", name + "2"), bytes(name));
    }
    assertEquals(
        List.of("a", "b", "c"), store.list("folder").stream().map(ObjectName::name).toList());
    assertEquals(List.of(), store.list("absent"));
  }

  @Test
  void whatIsDeletedIsGoneButReadableWhileOpen() throws IOException {
    ObjectStore store = store();
    store.createIfAbsent(NAME, bytes("hello"));
    try (ObjectReader reader = store.open(NAME)) {
      store.delete(NAME);
      assertEquals(List.of(), store.list("folder"));
      assertThrows(NoSuchFileException.class, () -> store.open(NAME));
      byte[] content = new byte[5];
      reader.read(0, ByteBuffer.wrap(content));
      assertArrayEquals("hello".getBytes(UTF_8), content);
    }
    store.delete(NAME);
  }

  @Test
  void anEmptyObjectIsOne() throws IOException {
    ObjectStore store = store();
    store.createIfAbsent(NAME, bytes(""));
    assertEquals(0, store.readAll(NAME).length);
  }
}
