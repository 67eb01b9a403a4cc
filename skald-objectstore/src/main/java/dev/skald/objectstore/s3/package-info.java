/**
 * {@link dev.skald.storage.object.ObjectStore} in a bucket, for every service that speaks S3 and
 * honours {@code If-None-Match: *}. The only room that knows the AWS SDK, and nothing of the SDK
 * leaves it: no class of it is loaded unless a bucket is opened. Start with {@link
 * dev.skald.objectstore.s3.S3ObjectStore}.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.objectstore.s3;
