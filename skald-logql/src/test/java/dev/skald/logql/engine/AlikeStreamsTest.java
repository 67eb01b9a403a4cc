package dev.skald.logql.engine;

import static dev.skald.property.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.skald.logql.pipeline.LabelDemand;
import dev.skald.model.EntryBatch;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.Page;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AlikeStreamsTest {
  private static Page page(Random random, int streams) {
    EntryBatch page = new EntryBatch();
    for (int i = 0; i < streams; i++) {
      List<Label> labels = new ArrayList<>();
      for (String name : List.of("a", "b", "c")) {
        if (random.nextInt(4) > 0) {
          labels.add(new Label(name, "v" + random.nextInt(3)));
        }
      }
      labels.add(new Label("id", Integer.toString(i)));
      page.stream(new Labels(labels));
    }
    return page;
  }

  @Test
  void streamsAreAlikeIfTheirDemandedLabelsAre() {
    forAll(
        500,
        random -> {
          List<String> names = new ArrayList<>();
          for (String name : List.of("a", "b", "c", "nobody")) {
            if (random.nextBoolean()) {
              names.add(name);
            }
          }
          AlikeStreams alike = new AlikeStreams(LabelDemand.only(names));
          for (int i = 0; i < 3; i++) { // one after the other: nothing is left over
            Page page = page(random, 2 + random.nextInt(40));
            Map<List<String>, Integer> firsts = new HashMap<>();
            int[] expected = new int[page.streamCount()];
            for (int stream = 0; stream < expected.length; stream++) {
              List<String> values = names.stream().map(page.stream(stream)::get).toList();
              Integer before = firsts.putIfAbsent(values, stream);
              expected[stream] = before == null ? stream : before;
            }
            int[] found = found(alike, page);
            assertArrayEquals(expected, Arrays.copyOf(found, expected.length));
          }
        });
  }

  private static int[] found(AlikeStreams alike, Page page) {
    int[] found = alike.firstLike(page);
    assertNotNull(found);
    return found;
  }

  @Test
  void whereAllLabelsAreLookedAtStreamsAreNotCompared() {
    assertNull(new AlikeStreams(LabelDemand.ALL).firstLike(page(new Random(1), 5)));
  }

  @Test
  void matchedStreamsAreCountedOnceAcrossPages() {
    MatchedStreams streams = new MatchedStreams();
    Page first = page(new Random(1), 20);
    Page second = page(new Random(1), 30); // the same twenty, and ten more
    for (Page page : List.of(first, second)) {
      streams.page(page);
      for (int stream = 0; stream < page.streamCount(); stream++) {
        streams.add(page.streamNumber(stream));
        streams.add(page.streamNumber(stream));
      }
    }
    MatchedStreams all = new MatchedStreams();
    all.addAll(streams);
    all.addAll(streams);
    assertEquals(30, all.count());
    assertEquals(0, new MatchedStreams().count());
  }
}
