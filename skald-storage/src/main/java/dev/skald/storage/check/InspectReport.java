package dev.skald.storage.check;

/**
 * What was seen.
 *
 * @param text for people; ends with a newline
 * @param isSound whether all that was looked at is as it was written
 */
public record InspectReport(String text, boolean isSound) {}
