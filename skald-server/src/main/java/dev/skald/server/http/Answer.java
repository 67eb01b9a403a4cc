package dev.skald.server.http;

/** What an endpoint answers. */
sealed interface Answer permits Reply, StreamedAnswer, TailAnswer {}
