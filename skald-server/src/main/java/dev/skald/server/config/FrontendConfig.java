package dev.skald.server.config;

import dev.skald.config.ByteSize;
import dev.skald.config.Default;
import dev.skald.config.Doc;
import dev.skald.config.Range;
import java.time.Duration;

/** The queue before queries: {@code frontend:}. */
public record FrontendConfig(
    @Doc("Logs queries that take longer; 0 is none, below 0 is all.")
        @Default("0s")
        @Range(min = Long.MIN_VALUE)
        Duration logQueriesLongerThan,
    @Doc("Queries of one tenant that wait for their turn; beyond it 429; 0 is no limit.")
        @Default("2048")
        int maxOutstandingPerTenant,
    @Doc("Compresses answers for clients that accept gzip.") @Default("true")
        boolean compressResponses,
    @Doc("Longest body of a query; beyond it 413.") @Default("10MB") ByteSize maxBodySize) {}
