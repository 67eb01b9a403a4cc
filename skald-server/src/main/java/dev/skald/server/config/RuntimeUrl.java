package dev.skald.server.config;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A file of {@code runtime_config.file} that a web server holds. */
final class RuntimeUrl {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
  private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
  private static final int OK = 200;

  private RuntimeUrl() {}

  static boolean isUrl(String file) {
    String start = file.toLowerCase(Locale.ROOT);
    return start.startsWith("http://") || start.startsWith("https://");
  }

  /**
   * The text that a GET gives, redirects followed but for those that leave TLS.
   *
   * @throws SkaldException BAD_REQUEST if there is none, or one of more bytes
   */
  static String read(String url, long bytesMax) {
    URI uri = uri(url);
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_MAX)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      try {
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(ANSWER_MAX).build();
        return text(uri, client.send(request, HttpResponse.BodyHandlers.ofInputStream()), bytesMax);
      } catch (IOException e) {
        throw cannot(uri, e.toString(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw cannot(uri, "interrupted", e);
      } finally {
        client.shutdownNow();
      }
    }
  }

  private static URI uri(String url) {
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException e) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, "runtime_config.file: not a URL", e);
    }
    if (uri.getHost() == null || uri.getUserInfo() != null) {
      // not shown: it may hold a password
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST,
          "runtime_config.file: a URL must have a host, and no user name or password");
    }
    return uri;
  }

  private static String text(URI uri, HttpResponse<InputStream> answer, long bytesMax)
      throws IOException {
    try (InputStream body = answer.body()) {
      if (answer.statusCode() != OK) {
        throw cannot(uri, "status " + answer.statusCode(), null);
      }
      byte[] bytes = body.readNBytes((int) bytesMax + 1);
      if (bytes.length > bytesMax) {
        throw cannot(uri, "more than " + bytesMax + " bytes", null);
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private static SkaldException cannot(URI uri, String why, @Nullable Exception cause) {
    String text = "runtime_config.file: " + uri + " cannot be read: " + why;
    return cause == null
        ? SkaldException.of(ErrorKind.BAD_REQUEST, text)
        : SkaldException.of(ErrorKind.BAD_REQUEST, text, cause);
  }
}
