package dev.skald.storage.segment;

import dev.skald.bytes.BitPacking;
import dev.skald.bytes.ByteReader;
import dev.skald.bytes.Corruption;
import dev.skald.compress.ZstdContexts;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.storage.object.ObjectReader;
import dev.skald.storage.segment.SegmentAnatomy.PagePart;
import dev.skald.storage.segment.SegmentAnatomy.Part;
import dev.skald.storage.shape.SegmentShapes;
import dev.skald.storage.shape.ShapedAnatomy;
import dev.skald.storage.shape.ShapedPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a segment's parts, each by itself, so that damage of one hides no other. Reads every byte; holds one block at a
 * time.
 */
public final class SegmentDissection {
  private final String name;
  private final ObjectReader object;
  private final ZstdContexts zstd;
  private final long sizeBytes;
  private final List<String> damages = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();
  private @Nullable SegmentId headerId;
  private int version;

  private SegmentDissection(String name, ObjectReader object, ZstdContexts zstd)
      throws IOException {
    this.name = name;
    this.object = object;
    this.zstd = zstd;
    this.sizeBytes = object.sizeBytes();
  }

  /**
   * @param name of the object, for what is said of damage
   * @throws SkaldException UNSUPPORTED if a newer version wrote it, UNAVAILABLE if it cannot be read
   */
  public static SegmentAnatomy run(String name, ObjectReader object, ZstdContexts zstd)
      throws IOException {
    return new SegmentDissection(name, object, zstd).run();
  }

  private SegmentAnatomy run() {
    if (sizeBytes < SegmentLayout.OBJECT_BYTES_MIN) {
      damages.add(
          "%s: %d bytes, a segment has at least %d"
              .formatted(name, sizeBytes, SegmentLayout.OBJECT_BYTES_MIN));
      return anatomy(null, List.of(), List.of());
    }
    readHeader();
    SegmentDirectory.Footer footer = readFooter();
    SegmentDirectory directory = footer == null ? null : readDirectory(footer);
    if (footer == null || directory == null) {
      return anatomy(null, List.of(), walk());
    }
    parts.add(1, part(directory.streamTable(), null));
    SegmentShapes[] shapes = new SegmentShapes[1];
    BlockRef shapeTable = directory.shapeTable();
    if (shapeTable != null) {
      parts.add(2, part(shapeTable, payload -> shapes[0] = SegmentShapes.read(payload, zstd)));
    }
    List<PagePart> pages = new ArrayList<>();
    for (PageEntry page : directory.pages()) {
      pages.add(page(page, shapes[0]));
    }
    return anatomy(directory.summary(footer.crc32c()), pages, List.of());
  }

  private SegmentAnatomy anatomy(
      @Nullable SegmentSummary summary, List<PagePart> pages, List<Part> found) {
    return new SegmentAnatomy(sizeBytes, version, summary, parts, pages, found, damages);
  }

  /** What may find damage. */
  @FunctionalInterface
  private interface Look {
    void run();
  }

  /** Whether it found none. */
  private boolean isSound(Look look) {
    try {
      look.run();
      return true;
    } catch (SkaldException e) {
      if (e.kind() != ErrorKind.CORRUPT) {
        throw e;
      }
      damages.add(String.valueOf(e.getMessage()));
      return false;
    }
  }

  private byte[] read(long offset, long length) {
    return SegmentSource.readBytes(name, object, offset, length, BitPacking.SLACK_BYTES);
  }

  private void readHeader() {
    byte[] bytes = read(0, SegmentLayout.HEADER_BYTES);
    ByteReader in = new ByteReader(name, 0, bytes, 0, SegmentLayout.HEADER_BYTES);
    in.skip(SegmentLayout.HEADER_VERSION_OFFSET);
    int said = in.readInt();
    SegmentId id = new SegmentId(in.readLong());
    boolean sound = isSound(() -> SegmentDirectory.checkHeader(name, id, bytes));
    if (sound) {
      headerId = id;
      version = said;
    }
    parts.add(new Part("header", 0, SegmentLayout.HEADER_BYTES, sound));
  }

  private SegmentDirectory.@Nullable Footer readFooter() {
    long offset = sizeBytes - SegmentLayout.FOOTER_BYTES;
    SegmentDirectory.Footer[] footer = new SegmentDirectory.Footer[1];
    boolean sound =
        isSound(
            () ->
                footer[0] =
                    SegmentDirectory.readFooter(
                        name, offset, read(offset, SegmentLayout.FOOTER_BYTES), 0));
    parts.add(new Part("footer", offset, SegmentLayout.FOOTER_BYTES, sound));
    if (footer[0] != null) {
      version = footer[0].version();
    }
    return footer[0];
  }

  private @Nullable SegmentDirectory readDirectory(SegmentDirectory.Footer footer) {
    SegmentDirectory[] directory = new SegmentDirectory[1];
    Part part =
        part(
            footer.directory(),
            payload -> {
              SegmentId id = new SegmentId(payload.at(payload.position()).readLong());
              directory[0] =
                  SegmentDirectory.read(id, footer.directory(), footer.version(), payload);
              if (headerId != null && !headerId.equals(id)) {
                throw Corruption.at(
                    name, SegmentLayout.HEADER_ID_OFFSET, "segment id", id, headerId);
              }
            });
    parts.add(1, part);
    return directory[0];
  }

  /** What is done with a block that is sound so far. */
  @FunctionalInterface
  private interface Payload {
    void read(ByteReader payload);
  }

  private Part part(BlockRef block, @Nullable Payload use) {
    boolean sound =
        isSound(
            () -> {
              ByteReader payload =
                  block.open(name, read(block.offsetBytes(), block.sizeBytes()), 0);
              if (use != null) {
                use.read(payload);
              }
            });
    return new Part(block.kind().toString(), block.offsetBytes(), block.sizeBytes(), sound);
  }

  private PagePart page(PageEntry page, @Nullable SegmentShapes shapes) {
    List<Part> blocks = new ArrayList<>();
    ShapedAnatomy[] shaped = new ShapedAnatomy[1];
    for (BlockRef block : page.blocks()) {
      boolean isDirectory = block.kind() == BlockKind.SHAPES && shapes != null;
      blocks.add(
          part(block, isDirectory ? payload -> shaped[0] = anatomy(page, payload, shapes) : null));
    }
    return new PagePart(
        page.rowCount(),
        page.lineBytes(),
        page.metadataChars(),
        page.minEpochNanos(),
        page.maxEpochNanos(),
        page.streamCount(),
        blocks,
        shaped[0]);
  }

  private ShapedAnatomy anatomy(
      PageEntry page, ByteReader payload, @Nullable SegmentShapes shapes) {
    if (shapes == null) {
      throw new IllegalStateException("no shapes");
    }
    return ShapedAnatomy.of(
        ShapedPage.read(
            payload,
            shapes,
            page.rowCount(),
            page.frames().size(),
            frame -> {
              throw new IllegalStateException("frame " + frame + " is not read");
            },
            zstd));
  }

  /** Blocks from the header on, as long as each says where the next one begins. */
  private List<Part> walk() {
    List<Part> found = new ArrayList<>();
    long end = sizeBytes - SegmentLayout.FOOTER_BYTES;
    long at = SegmentLayout.HEADER_BYTES;
    while (at + SegmentLayout.BLOCK_HEADER_BYTES <= end) {
      ByteReader in =
          new ByteReader(
              name,
              at,
              read(at, SegmentLayout.BLOCK_HEADER_BYTES),
              0,
              SegmentLayout.BLOCK_HEADER_BYTES);
      BlockKind kind = kind(in.readInt());
      int payloadBytes = in.readInt();
      int crc = in.readInt();
      long left = end - at - SegmentLayout.BLOCK_HEADER_BYTES;
      if (kind == null || payloadBytes < 0 || payloadBytes > left) {
        damages.add("%s: no block begins at byte %d".formatted(name, at));
        break;
      }
      BlockRef block = new BlockRef(kind, at, payloadBytes, crc);
      found.add(part(block, null));
      at = block.endBytes();
    }
    return found;
  }

  private static @Nullable BlockKind kind(int code) {
    for (BlockKind kind : BlockKind.values()) {
      if (kind.code() == code) {
        return kind;
      }
    }
    return null;
  }
}
