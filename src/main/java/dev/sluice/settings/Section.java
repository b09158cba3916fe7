package dev.sluice.settings;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The settings of one package: a record whose components are the keys, {@code batchTime} of section
 * {@code backfill} being {@code backfill.batch-time}. A component is a String, an int, a long, a
 * boolean, a Duration, an enum, a list of Strings, or an Optional of one of these.
 *
 * @param name of the TOML table
 * @param defaults what holds where nothing is set
 */
public record Section<R extends Record>(String name, R defaults) {

  /** Its keys, in the order of the record. */
  public List<String> keys() {
    return components().stream().map(this::key).toList();
  }

  /** Each key with its default as it would be written, empty where there is none. */
  public Map<String, String> written() {
    Map<String, String> written = new LinkedHashMap<>();
    components().forEach(c -> written.put(key(c), SettingValue.written(valueIn(defaults, c))));
    return written;
  }

  /** What a record of this section has there. */
  static Object valueIn(Record settings, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(settings);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component + " cannot be read", e);
    }
  }

  List<RecordComponent> components() {
    return Arrays.asList(defaults.getClass().getRecordComponents());
  }

  String key(RecordComponent component) {
    return name + "." + kebab(component.getName());
  }

  private static String kebab(String camel) {
    return camel.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  /** The environment variable of a key: {@code SLUICE_BACKFILL_BATCH_TIME}. */
  static String variable(String key) {
    return "SLUICE_" + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
