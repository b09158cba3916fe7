package dev.sluice.plan;

import dev.sluice.plan.PlanJson.UnreadablePlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** One JSON object, read field by field: each once, none left over. */
final class JsonFields {

  private final String path;
  private final JsonNode object;
  private final Set<String> read = new HashSet<>();

  JsonFields(String path, JsonNode object) {
    this.path = path;
    this.object = object;
    if (!object.isObject()) {
      throw new UnreadablePlan(path + " is no object");
    }
  }

  /** Says that all fields were read. */
  void end() {
    for (String name : object.propertyNames()) {
      if (!read.contains(name)) {
        throw new UnreadablePlan(
            path + " has an unknown field \"" + name + "\"; this version writes none of that name");
      }
    }
  }

  private JsonNode required(String name) {
    read.add(name);
    JsonNode value = object.get(name);
    if (value == null) {
      throw new UnreadablePlan(path + " has no \"" + name + "\"");
    }
    return value;
  }

  private UnreadablePlan wrong(String name, JsonNode value, String expected) {
    return new UnreadablePlan(path + "." + name + " is " + value + "; expected " + expected);
  }

  String text(String name) {
    JsonNode value = required(name);
    if (!value.isString()) {
      throw wrong(name, value, "a text");
    }
    return value.stringValue();
  }

  /** Null in JSON is empty; an absent field is an error. */
  Optional<String> textOrNull(String name) {
    return required(name).isNull() ? Optional.empty() : Optional.of(text(name));
  }

  boolean flag(String name) {
    JsonNode value = required(name);
    if (!value.isBoolean()) {
      throw wrong(name, value, "true or false");
    }
    return value.booleanValue();
  }

  long number(String name) {
    JsonNode value = required(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw wrong(name, value, "a whole number");
    }
    return value.longValue();
  }

  int smallNumber(String name) {
    return Math.toIntExact(number(name));
  }

  Optional<Integer> smallNumberOrNull(String name) {
    return required(name).isNull() ? Optional.empty() : Optional.of(smallNumber(name));
  }

  /** One of {@code values}, by the text that {@code id} gives it. */
  <T> T oneOf(String name, Stream<T> values, Function<T, String> id) {
    String text = text(name);
    Map<String, T> known =
        values.collect(Collectors.toMap(id, v -> v, (a, b) -> a, LinkedHashMap::new));
    T value = known.get(text);
    if (value == null) {
      throw wrong(name, required(name), "one of " + String.join(", ", known.keySet()));
    }
    return value;
  }

  <T> Optional<T> oneOfOrNull(String name, Stream<T> values, Function<T, String> id) {
    return required(name).isNull() ? Optional.empty() : Optional.of(oneOf(name, values, id));
  }

  List<String> texts(String name) {
    List<String> all = new ArrayList<>();
    for (JsonNode value : array(name)) {
      if (!value.isString()) {
        throw wrong(name, value, "a list of texts");
      }
      all.add(value.stringValue());
    }
    return all;
  }

  <T> List<T> objects(String name, Function<JsonFields, T> read) {
    List<T> all = new ArrayList<>();
    for (JsonNode value : array(name)) {
      JsonFields fields = new JsonFields(path + "." + name + "[" + all.size() + "]", value);
      all.add(read.apply(fields));
      fields.end();
    }
    return all;
  }

  private JsonNode array(String name) {
    JsonNode value = required(name);
    if (!value.isArray()) {
      throw wrong(name, value, "a list");
    }
    return value;
  }

  <T> T object(String name, Function<JsonFields, T> reader) {
    JsonFields fields = new JsonFields(path + "." + name, required(name));
    T value = reader.apply(fields);
    fields.end();
    return value;
  }

  <T> Optional<T> objectOrNull(String name, Function<JsonFields, T> reader) {
    return required(name).isNull() ? Optional.empty() : Optional.of(object(name, reader));
  }

  Map<String, String> textsByName(String name) {
    JsonNode value = required(name);
    JsonFields fields = new JsonFields(path + "." + name, value);
    Map<String, String> all = new LinkedHashMap<>();
    for (String key : value.propertyNames()) {
      all.put(key, fields.text(key));
    }
    return all;
  }
}
