package dev.skald.logql.template;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.skald.grep.RegexSize;
import dev.skald.grep.RegexSyntaxException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Regular expressions that a template has compiled: most stand in the template and are the same for
 * every row.
 */
final class RegexCache {
  private final ConcurrentHashMap<String, Pattern> patterns = new ConcurrentHashMap<>();

  /** @throws TemplateFailure in the words of RE2 */
  Pattern compile(String regex) {
    Pattern known = patterns.get(regex);
    if (known != null) {
      return known;
    }
    Pattern compiled;
    try {
      RegexSize.check(regex);
      compiled = Pattern.compile(regex);
    } catch (PatternSyntaxException | RegexSyntaxException e) {
      throw new TemplateFailure(String.valueOf(e.getMessage()));
    }
    if (patterns.size() < TemplateLimits.CACHED_REGEXES_MAX) {
      patterns.put(regex, compiled);
    }
    return compiled;
  }
}
