package dev.sluice.settings;

import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A value's text as the type that a record asks for. */
final class SettingValue {

  private static final Pattern DURATION = Pattern.compile("(\\d+)\\s*(ms|s|m|h)");

  private SettingValue() {}

  /**
   * @throws Problem where the text has the wrong form
   */
  static Object read(Setting setting, Type type) {
    String text = setting.value().strip();
    if (type instanceof ParameterizedType generic) {
      return generic.getRawType() == Optional.class
          ? Optional.of(read(setting, generic.getActualTypeArguments()[0]))
          : list(text);
    }
    if (type == String.class) {
      return text;
    }
    if (type == int.class || type == long.class || type == Long.class) {
      return number(setting, text, type == int.class);
    }
    if (type == boolean.class) {
      return flag(setting, text);
    }
    if (type == Duration.class) {
      return duration(setting, text);
    }
    if (type instanceof Class<?> kind && kind.isEnum()) {
      return choice(setting, text, kind);
    }
    throw new IllegalStateException("a setting cannot be a " + type);
  }

  private static List<String> list(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  private static Object number(Setting setting, String text, boolean small) {
    try {
      if (small) {
        return Integer.valueOf(text);
      }
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw wrong(setting, "it is a whole number", "write digits only");
    }
  }

  private static Boolean flag(Setting setting, String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(setting, "it is either on or off", "write true or false");
    };
  }

  private static Duration duration(Setting setting, String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw wrong(setting, "it is a time", "write a number with its unit: 100ms, 2s, 5m or 1h");
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      default -> Duration.ofHours(count);
    };
  }

  private static Object choice(Setting setting, String text, Class<?> kind) {
    List<Object> constants = List.of((Object[]) kind.getEnumConstants());
    return constants.stream()
        .filter(constant -> word(constant).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    setting,
                    "it is one of a few words",
                    "write "
                        + constants.stream()
                            .map(SettingValue::word)
                            .collect(Collectors.joining(" or "))));
  }

  /** A value as it would be written in the file, for the documentation's test. */
  static String written(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(SettingValue::written).orElse("");
    }
    if (value instanceof Duration duration) {
      return written(duration);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
    return value instanceof Enum<?> ? word(value) : String.valueOf(value);
  }

  private static String written(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 3_600_000 == 0 && millis > 0) {
      return millis / 3_600_000 + "h";
    }
    if (millis % 60_000 == 0 && millis > 0) {
      return millis / 60_000 + "m";
    }
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }

  private static String word(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Problem wrong(Setting setting, String is, String fix) {
    return new Problem(
        Reason.SETTINGS,
        setting.origin() + " is \"" + setting.value() + "\"; " + is + "\n  fix: " + fix);
  }
}
