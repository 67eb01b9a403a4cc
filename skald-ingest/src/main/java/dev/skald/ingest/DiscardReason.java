package dev.skald.ingest;

/** Why an entry was not stored, as metrics name it. */
public enum DiscardReason {
  MISSING_LABELS("missing_labels"),
  INVALID_LABELS("invalid_labels"),
  MAX_LABEL_NAMES_PER_SERIES("max_label_names_per_series"),
  LABEL_NAME_TOO_LONG("label_name_too_long"),
  LABEL_VALUE_TOO_LONG("label_value_too_long"),
  DUPLICATE_LABEL_NAMES("duplicate_label_names"),
  GREATER_THAN_MAX_SAMPLE_AGE("greater_than_max_sample_age"),
  TOO_FAR_IN_FUTURE("too_far_in_future"),
  LINE_TOO_LONG("line_too_long"),
  DISALLOWED_STRUCTURED_METADATA("disallowed_structured_metadata"),
  STRUCTURED_METADATA_TOO_LARGE("structured_metadata_too_large"),
  STRUCTURED_METADATA_TOO_MANY("structured_metadata_too_many"),
  MISSING_ENFORCED_LABELS("missing_enforced_labels"),
  BLOCKED_INGESTION("blocked_ingestion"),
  BLOCKED_INGESTION_POLICY("blocked_ingestion_policy"),
  RATE_LIMITED("rate_limited"),
  STREAM_LIMIT("stream_limit"),
  PER_STREAM_RATE_LIMIT("per_stream_rate_limit"),
  REQUEST_BODY_TOO_LARGE("request_body_too_large");

  private final String text;

  DiscardReason(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
