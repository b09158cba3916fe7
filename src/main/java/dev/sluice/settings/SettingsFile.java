package dev.sluice.settings;

import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.dataformat.toml.TomlFactory;

/**
 * What a TOML file sets, by flat key. It reads the token stream: binding it to a map takes three
 * times as long on a cold start, and settings are read before anything can be said.
 */
public final class SettingsFile {

  private final Map<String, Setting> settings;

  private SettingsFile(Map<String, Setting> settings) {
    this.settings = settings;
  }

  /** No file. */
  public static SettingsFile none() {
    return new SettingsFile(Map.of());
  }

  /**
   * @param name as messages show it
   * @throws Problem where {@code text} is not TOML
   */
  public static SettingsFile parse(String name, String text) {
    Map<String, Setting> settings = new LinkedHashMap<>();
    try (JsonParser parser = new TomlFactory().createParser(ObjectReadContext.empty(), text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isScalarValue()) {
          String key = key(parser.streamReadContext());
          settings.merge(key, Setting.of(parser.getString(), name + ": " + key), Setting::and);
        }
      }
    } catch (JacksonException e) {
      throw new Problem(
          Reason.SETTINGS,
          name
              + ":"
              + e.getLocation().getLineNr()
              + ":"
              + e.getLocation().getColumnNr()
              + ": not TOML: "
              + e.getOriginalMessage()
              + "\n  fix: put that line right");
    }
    return new SettingsFile(settings);
  }

  Map<String, Setting> settings() {
    return settings;
  }

  /** Values by flat key, the elements of an array joined by commas: for settings of others. */
  public Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    settings.forEach((key, setting) -> values.put(key, setting.value()));
    return values;
  }

  /** The names on the way from the root, without the positions in arrays. */
  private static String key(TokenStreamContext context) {
    String path = "";
    for (TokenStreamContext at = context; at != null; at = at.getParent()) {
      if (at.currentName() != null) {
        path = path.isEmpty() ? at.currentName() : at.currentName() + "." + path;
      }
    }
    return path;
  }
}
