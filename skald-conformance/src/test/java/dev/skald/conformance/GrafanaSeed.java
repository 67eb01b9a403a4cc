package dev.skald.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the replay asks for: three streams, a line each ten seconds, the newest ten seconds before now. */
final class GrafanaSeed {
  static final int LINES = 30;
  static final String ODD_LINE = "a \u001b[31mred\u001b[0m <b> & \"q\" æ🌙";

  private GrafanaSeed() {}

  static byte[] body(long nowSeconds) throws IOException {
    List<Object> streams =
        List.of(
            stream("checkout", "prod", checkout(nowSeconds)),
            stream("web", "prod", web(nowSeconds)),
            stream("batch", "dev", batch(nowSeconds)));
    return JsonText.write(Map.of("streams", streams)).getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, Object> stream(String service, String env, List<Object> values) {
    return Map.of("stream", Map.of("service_name", service, "env", env), "values", values);
  }

  private static List<Object> checkout(long nowSeconds) throws IOException {
    List<Object> values = new ArrayList<>();
    for (int i = LINES; i > 0; i--) {
      String level = i % 5 == 0 ? "error" : "info";
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("level", level);
      line.put("msg", "order " + i);
      line.put("user", Map.of("id", String.valueOf(i)));
      line.put("dur", i + "ms");
      Map<String, Object> metadata = Map.of("trace_id", "t" + i, "detected_level", level);
      values.add(List.of(time(nowSeconds, i), JsonText.write(line), metadata));
    }
    return values;
  }

  private static List<Object> web(long nowSeconds) {
    List<Object> values = new ArrayList<>();
    for (int i = LINES; i > 0; i--) {
      String line = "level=warn method=GET path=/p/%d status=%s size=%dkB dur=%dms";
      String status = i % 3 == 0 ? "500" : "200";
      values.add(List.of(time(nowSeconds, i), line.formatted(i, status, i, i)));
    }
    return values;
  }

  private static List<Object> batch(long nowSeconds) {
    return List.of(
        List.of(time(nowSeconds, 2), ODD_LINE),
        List.of(time(nowSeconds, 2), "b same ns"),
        List.of(time(nowSeconds, 2), "c same ns"),
        List.of(time(nowSeconds, 1), "line1\nline2"));
  }

  private static String time(long nowSeconds, int tens) {
    return GrafanaClient.nanos(nowSeconds - tens * 10L);
  }
}
