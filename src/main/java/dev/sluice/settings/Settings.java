package dev.sluice.settings;

import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sluice's own settings: the environment over the file over the defaults. Strict: a key that nobody
 * reads is an error, since a misspelt limit would otherwise be no limit.
 */
public final class Settings {

  private static final Pattern DIRECTIVES = Pattern.compile("migration\\.(.+)\\.directives");

  private final Map<String, Setting> settings;

  private Settings(Map<String, Setting> settings) {
    this.settings = settings;
  }

  /** Directives for one migration, which stand in a file of settings beside it. */
  public record OfMigration(String label, String origin, List<String> lines) {
    public OfMigration {
      lines = List.copyOf(lines);
    }
  }

  /**
   * @param sections every section there is
   * @param file what a settings file says; may say nothing
   * @param environment those that begin with {@code SLUICE_} count
   * @param foreign variables of that prefix that somebody else reads
   * @throws Problem at a key that no section has, or a value that its section refuses: also one
   *     that this command would not have asked for
   */
  public static Settings read(
      List<Section<?>> sections,
      SettingsFile file,
      Map<String, String> environment,
      List<String> foreign) {
    Map<String, String> variables = new TreeMap<>();
    for (Section<?> section : sections) {
      section.keys().forEach(key -> variables.put(Section.variable(key), key));
    }
    Map<String, Setting> settings = new TreeMap<>();
    file.settings()
        .forEach(
            (key, setting) -> {
              if (!variables.containsValue(key) && !DIRECTIVES.matcher(key).matches()) {
                throw unknown(setting.origin(), key, List.copyOf(variables.values()));
              }
              settings.put(key, setting);
            });
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              if (name.startsWith("SLUICE_") && !foreign.contains(name)) {
                String key = variables.get(name);
                if (key == null) {
                  throw unknown(name, name, List.copyOf(variables.keySet()));
                }
                settings.put(key, Setting.of(value, name));
              }
            });
    Settings read = new Settings(settings);
    sections.stream()
        .filter(section -> section.keys().stream().anyMatch(settings::containsKey))
        .forEach(read::of);
    return read;
  }

  private static Problem unknown(String origin, String key, List<String> known) {
    return new Problem(
        Reason.SETTINGS,
        origin
            + ": no such setting\n  fix: "
            + NearestName.of(key, known).map(near -> "write " + near + ", or take").orElse("take")
            + " it out; docs/settings.md has all of them");
  }

  /** What {@code [migration.42] directives = […]} says, of each migration that is named. */
  public List<OfMigration> directives() {
    List<OfMigration> found = new ArrayList<>();
    settings.forEach(
        (key, setting) -> {
          Matcher matcher = DIRECTIVES.matcher(key);
          if (matcher.matches()) {
            found.add(new OfMigration(matcher.group(1), setting.origin(), setting.parts()));
          }
        });
    return found;
  }

  /**
   * The section's record, with what is set in place of its defaults.
   *
   * @throws Problem where a value has the wrong form, or the record refuses it
   */
  public <R extends Record> R of(Section<R> section) {
    List<RecordComponent> components = section.components();
    List<Object> values = new ArrayList<>();
    List<String> origins = new ArrayList<>();
    for (RecordComponent component : components) {
      Optional<Setting> setting = Optional.ofNullable(settings.get(section.key(component)));
      setting.ifPresent(s -> origins.add(s.origin()));
      values.add(
          setting
              .map(s -> SettingValue.read(s, component.getGenericType()))
              .orElseGet(() -> Section.valueIn(section.defaults(), component)));
    }
    return make(section, components, values, origins);
  }

  private static <R extends Record> R make(
      Section<R> section,
      List<RecordComponent> components,
      List<Object> values,
      List<String> origins) {
    try {
      @SuppressWarnings("unchecked") // A record's class is that of its defaults.
      Constructor<R> constructor =
          (Constructor<R>)
              section
                  .defaults()
                  .getClass()
                  .getDeclaredConstructor(
                      components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(values.toArray());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw new Problem(
            Reason.SETTINGS, String.join(", ", origins) + ": " + refused.getMessage(), refused);
      }
      throw new IllegalStateException(section.name() + " cannot be made", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(section.name() + " cannot be made", e);
    }
  }
}
