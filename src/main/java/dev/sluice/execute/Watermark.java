package dev.sluice.execute;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How far a walk over a table has come: what the journal keeps of it.
 *
 * @param pass counts from 1: a table is walked over again while rows that need it keep coming
 * @param walked rows looked at in this pass
 * @param position empty at the beginning of a pass
 */
record Watermark(int pass, long walked, Optional<Position> position) {

  /** A place between two rows. */
  sealed interface Position {}

  /** Behind the row with this key, its values as text. */
  record Key(List<String> values) implements Position {
    Key {
      values = List.copyOf(values);
    }
  }

  /**
   * Before a page.
   *
   * @param relation quoted and qualified
   */
  record Page(String relation, long page) implements Position {}

  static final Watermark START = new Watermark(1, 0, Optional.empty());

  private static final JsonMapper MAPPER = JsonMapper.shared();

  Watermark moved(Position to, long rows) {
    return new Watermark(pass, walked + rows, Optional.of(to));
  }

  Watermark nextPass() {
    return new Watermark(pass + 1, 0, Optional.empty());
  }

  String json() {
    ObjectNode json = MAPPER.createObjectNode().put("pass", pass).put("walked", walked);
    position.ifPresent(
        at -> {
          switch (at) {
            case Key key -> {
              ArrayNode values = json.putArray("key");
              key.values().forEach(values::add);
            }
            case Page page -> json.put("relation", page.relation()).put("page", page.page());
          }
        });
    return MAPPER.writeValueAsString(json);
  }

  static Watermark parse(String text) {
    JsonNode json = MAPPER.readTree(text);
    Optional<Position> position = Optional.empty();
    if (json.has("key")) {
      List<String> values = new ArrayList<>();
      json.get("key").forEach(v -> values.add(v.asString()));
      position = Optional.of(new Key(values));
    } else if (json.has("relation")) {
      position = Optional.of(new Page(json.get("relation").asString(), json.get("page").asLong()));
    }
    return new Watermark(json.get("pass").asInt(), json.get("walked").asLong(), position);
  }
}
