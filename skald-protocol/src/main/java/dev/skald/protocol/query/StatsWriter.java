package dev.skald.protocol.query;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.skald.model.QueryStats;
import java.io.IOException;
import java.util.List;

/** The {@code stats} member: every name of spec http-api.md 3.4, zero where Skald has nothing of the kind. */
final class StatsWriter {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final List<String> CACHES =
      List.of(
          "chunk",
          "index",
          "result",
          "statsResult",
          "volumeResult",
          "seriesResult",
          "labelResult",
          "instantMetricResult",
          "logResult",
          "taskResult");

  private StatsWriter() {}

  static void write(JsonGenerator json, QueryStats stats) throws IOException {
    json.writeObjectFieldStart("stats");
    writeSummary(json, stats);
    json.writeObjectFieldStart("querier");
    json.writeNumberField("querierExecTime", 0);
    writeStore(json, stats);
    json.writeEndObject();
    json.writeObjectFieldStart("ingester");
    zeros(json, "totalReached", "totalChunksMatched", "totalBatches", "totalLinesSent");
    zeros(json, "recvWaitTime");
    writeStore(json, QueryStats.NONE);
    json.writeEndObject();
    json.writeObjectFieldStart("cache");
    for (String cache : CACHES) {
      json.writeObjectFieldStart(cache);
      zeros(json, "entriesFound", "entriesRequested", "entriesStored", "bytesReceived");
      zeros(json, "bytesSent", "requests", "downloadTime", "queryLengthServed");
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeObjectFieldStart("index");
    zeros(json, "totalChunks", "postFilterChunks", "shardsDuration");
    json.writeBooleanField("usedBloomFilters", false);
    json.writeNumberField("totalStreams", stats.streams());
    zeros(json, "chunkRefsLookupTime", "bloomFilterTime");
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeSummary(JsonGenerator json, QueryStats stats) throws IOException {
    double seconds = Math.max(stats.execNanos(), 1) / NANOS_PER_SECOND;
    json.writeObjectFieldStart("summary");
    json.writeNumberField("bytesProcessedPerSecond", (long) (stats.lineBytes() / seconds));
    json.writeNumberField("linesProcessedPerSecond", (long) (stats.lines() / seconds));
    json.writeNumberField("totalBytesProcessed", stats.lineBytes());
    json.writeNumberField("totalLinesProcessed", stats.lines());
    json.writeNumberField("execTime", stats.execNanos() / NANOS_PER_SECOND);
    json.writeNumberField("queueTime", stats.queueNanos() / NANOS_PER_SECOND);
    json.writeNumberField("subqueries", 0);
    json.writeNumberField("totalEntriesReturned", stats.entriesReturned());
    json.writeNumberField("splits", 0);
    json.writeNumberField("shards", 0);
    json.writeNumberField("totalPostFilterLines", stats.linesAfterFilters());
    json.writeNumberField("totalStructuredMetadataBytesProcessed", stats.metadataBytes());
    json.writeEndObject();
  }

  private static void writeStore(JsonGenerator json, QueryStats stats) throws IOException {
    json.writeObjectFieldStart("store");
    json.writeNumberField("totalChunksRef", stats.pages());
    json.writeNumberField("totalChunksDownloaded", stats.pages());
    zeros(json, "chunksDownloadTime");
    json.writeBooleanField("queryReferencedStructuredMetadata", stats.metadataBytes() > 0);
    json.writeBooleanField("queryUsedV2Engine", false);
    zeros(json, "chunkRefsFetchTime", "congestionControlLatency", "pipelineWrapperFilteredLines");
    json.writeObjectFieldStart("chunk");
    zeros(json, "headChunkBytes", "headChunkLines");
    json.writeNumberField("decompressedBytes", stats.lineBytes());
    json.writeNumberField("decompressedLines", stats.lines());
    zeros(json, "compressedBytes");
    json.writeNumberField("totalDuplicates", stats.duplicates());
    json.writeNumberField("postFilterLines", stats.linesAfterFilters());
    zeros(json, "headChunkStructuredMetadataBytes");
    json.writeNumberField("decompressedStructuredMetadataBytes", stats.metadataBytes());
    json.writeEndObject();
    json.writeObjectFieldStart("dataobj");
    zeros(json, "prePredicateDecompressedRows", "prePredicateDecompressedBytes");
    zeros(json, "prePredicateDecompressedStructuredMetadataBytes", "postPredicateRows");
    zeros(json, "postPredicateDecompressedBytes", "postPredicateStructuredMetadataBytes");
    zeros(json, "postFilterRows", "pagesScanned", "pagesDownloaded", "pagesDownloadedBytes");
    zeros(json, "pageBatches", "totalRowsAvailable", "totalPageDownloadTime");
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void zeros(JsonGenerator json, String... names) throws IOException {
    for (String name : names) {
      json.writeNumberField(name, 0);
    }
  }
}
