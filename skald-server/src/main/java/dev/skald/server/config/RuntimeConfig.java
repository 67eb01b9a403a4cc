package dev.skald.server.config;

import dev.skald.config.Default;
import dev.skald.config.Doc;
import dev.skald.config.FilePath;
import java.time.Duration;
import java.util.List;

/** Overrides of limits per tenant: {@code runtime_config:}. */
public record RuntimeConfig(
    @Doc("Files with overrides; a later file's keys win.") @Default("[]") @FilePath
        List<String> file,
    @Doc("How often the files are looked at for changes.") @Default("10s") Duration period) {}
