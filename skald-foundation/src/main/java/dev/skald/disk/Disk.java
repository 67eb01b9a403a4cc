package dev.skald.disk;

import java.io.IOException;
import java.util.List;

/**
 * A tree of files below one root. Paths are relative, use {@code /}, and never hold {@code ..}.
 *
 * <p>What survives a crash: the bytes of a file up to its last {@link WritableFile#sync}; a created,
 * renamed or deleted name once {@link #syncDirectory} of its folder has returned. Anything later may
 * be there, be there in part, or not at all. Every method throws {@link IOException} with the path in
 * its message; a full disk is {@link DiskFullException}. All methods are safe for concurrent use.
 */
public interface Disk {
  /**
   * Creates a new file to append to; the caller closes it.
   *
   * @throws java.nio.file.FileAlreadyExistsException if the name is taken: names are made once
   */
  WritableFile create(String path) throws IOException;

  /** Opens a file to read; the caller closes it. {@link java.nio.file.NoSuchFileException} if absent. */
  ReadableFile open(String path) throws IOException;

  /** Gives a file a new name in one step; an existing {@code to} is replaced. */
  void rename(String from, String to) throws IOException;

  /**
   * Gives a file a second name unless that name is taken, in one step.
   *
   * @throws java.nio.file.FileAlreadyExistsException if {@code to} is taken
   */
  void link(String from, String to) throws IOException;

  /** Makes creations, renames and deletions in this folder durable. */
  void syncDirectory(String path) throws IOException;

  /** Deletes a file or an empty folder; an absent one is no error. */
  void delete(String path) throws IOException;

  /** Cuts a file to its first {@code lengthBytes} bytes, durably. */
  void truncate(String path, long lengthBytes) throws IOException;

  /** Names (not paths) in a folder, sorted; empty if the folder is absent. */
  List<String> list(String path) throws IOException;

  boolean exists(String path) throws IOException;

  /** Size of a file in bytes. */
  long sizeBytes(String path) throws IOException;

  /** Creates a folder and those above it; durable when this returns. */
  void createDirectories(String path) throws IOException;

  /** Bytes that can still be written. */
  long freeBytes() throws IOException;

  /**
   * Takes the folder for this process until the lock is closed.
   *
   * @throws IOException if another process holds it
   */
  AutoCloseable lock(String path) throws IOException;
}
