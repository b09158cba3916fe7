package dev.sluice.plan;

import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** JSON in one form only: keys sorted, no white space. Two equal trees give one text. */
final class CanonicalJson {
  private CanonicalJson() {}

  static String of(JsonNode node) {
    if (node.isObject()) {
      TreeMap<String, String> fields = new TreeMap<>();
      node.forEachEntry((name, value) -> fields.put(name, of(value)));
      return fields.entrySet().stream()
          .map(e -> new tools.jackson.databind.node.StringNode(e.getKey()) + ":" + e.getValue())
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (node.isArray()) {
      return node.valueStream().map(CanonicalJson::of).collect(Collectors.joining(",", "[", "]"));
    }
    return node.toString();
  }
}
