package dev.skald.testkit.script;

import dev.skald.model.Entry;
import dev.skald.model.Labels;

/** An entry of a script and the labels of its stream. */
public record LoadedEntry(Labels stream, Entry entry) {}
