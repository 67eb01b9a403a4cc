package dev.skald.server.config;

import dev.skald.config.Default;
import dev.skald.config.Doc;
import dev.skald.config.FilePath;
import java.time.Duration;
import java.util.List;

/** Overrides of limits per tenant: {@code runtime_config:}. */
public record RuntimeConfig(
    @Doc("Files with overrides, or http and https URLs; a later one's keys win.")
        @Default("[]")
        @FilePath
        List<String> file,
    @Doc("How often they are looked at for changes.") @Default("10s") Duration period) {}
