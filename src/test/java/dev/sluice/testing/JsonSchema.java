package dev.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON Schema, as far as the ones under docs use the language. A keyword that it does not know is
 * an error: a schema must not say more than what the tests hold against it.
 */
public final class JsonSchema {

  private static final Set<String> SAYS_NOTHING =
      Set.of("$schema", "title", "description", "$defs");

  private final JsonNode root;

  private JsonSchema(JsonNode root) {
    this.root = root;
  }

  public static JsonSchema of(Path file) {
    try {
      return new JsonSchema(JsonMapper.shared().readTree(Files.readString(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What in {@code json} breaks the schema, each with its place; empty where nothing does. */
  public List<String> breaches(String json) {
    List<String> breaches = new ArrayList<>();
    check("$", JsonMapper.shared().readTree(json), root, breaches);
    return breaches;
  }

  /** The values that the schema allows where {@code pointer} leads. */
  public List<String> choices(String pointer) {
    return root.at(pointer).valueStream().map(JsonNode::asString).toList();
  }

  private void check(String place, JsonNode value, JsonNode schema, List<String> breaches) {
    schema.forEachEntry(
        (keyword, says) -> {
          switch (keyword) {
            case "$ref" -> check(place, value, root.at(says.stringValue().substring(1)), breaches);
            case "const" -> expect(value.equals(says), place, value, "is not " + says, breaches);
            case "enum" ->
                expect(
                    says.valueStream().anyMatch(value::equals),
                    place,
                    value,
                    "is none of " + says,
                    breaches);
            case "type" -> expect(hasType(value, says), place, value, "is no " + says, breaches);
            case "pattern" ->
                expect(
                    Pattern.compile(says.stringValue()).matcher(value.asString()).find(),
                    place,
                    value,
                    "does not match",
                    breaches);
            case "oneOf" -> oneOf(place, value, says, breaches);
            case "required" ->
                says.forEach(
                    name -> {
                      if (value.isObject() && !value.has(name.stringValue())) {
                        breaches.add(place + " lacks " + name);
                      }
                    });
            case "properties" -> {
              if (value.isObject()) {
                says.forEachEntry(
                    (name, own) -> {
                      JsonNode part = value.get(name);
                      if (part != null) {
                        check(place + "." + name, part, own, breaches);
                      }
                    });
              }
            }
            case "additionalProperties" ->
                value.forEachEntry(
                    (name, part) -> {
                      if (!schema.path("properties").has(name)) {
                        if (says.isBoolean()) {
                          breaches.add(place + " has " + name + ", which the schema does not know");
                        } else {
                          check(place + "." + name, part, says, breaches);
                        }
                      }
                    });
            case "items" -> {
              if (value.isArray()) {
                for (int i = 0; i < value.size(); i++) {
                  check(place + "[" + i + "]", value.get(i), says, breaches);
                }
              }
            }
            default -> {
              if (!SAYS_NOTHING.contains(keyword)) {
                throw new AssertionError("the schema says " + keyword + ", which no test checks");
              }
            }
          }
        });
  }

  private void oneOf(String place, JsonNode value, JsonNode schemas, List<String> breaches) {
    long holding =
        schemas
            .valueStream()
            .filter(
                one -> {
                  List<String> own = new ArrayList<>();
                  check(place, value, one, own);
                  return own.isEmpty();
                })
            .count();
    expect(holding == 1, place, value, "is not exactly one of " + schemas, breaches);
  }

  private static void expect(
      boolean holds, String place, JsonNode value, String otherwise, List<String> breaches) {
    if (!holds) {
      breaches.add(place + " = " + value + " " + otherwise);
    }
  }

  private static boolean hasType(JsonNode value, JsonNode types) {
    if (types.isArray()) {
      return types.valueStream().anyMatch(type -> hasType(value, type));
    }
    return switch (types.stringValue()) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isString();
      case "integer" -> value.isIntegralNumber();
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      default -> throw new AssertionError("the schema says type " + types);
    };
  }
}
