package dev.sluice.report;

import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * Writes JSON field by field: the formats are a contract, so no field appears or disappears because
 * a record changed.
 */
final class Json {
  /** Objects whose texts stand in memory at once. */
  private static final int AT_ONCE = 100;

  private final JsonGenerator out;

  private Json(JsonGenerator out) {
    this.out = out;
  }

  /** One object, indented, with a line end. */
  static String object(Consumer<Json> fields) {
    StringWriter text = new StringWriter();
    object(text, fields);
    return text.toString();
  }

  /** The same, bit by bit: a long report stands nowhere as one text. */
  static void object(Writer text, Consumer<Json> fields) {
    try (JsonGenerator generator = new JsonFactory().createGenerator(new Indented(), text)) {
      generator.writeStartObject();
      fields.accept(new Json(generator));
      generator.writeEndObject();
      generator.writeRaw('\n');
    }
  }

  private static final class Indented extends ObjectWriteContext.Base {
    @Override
    public PrettyPrinter getPrettyPrinter() {
      return new DefaultPrettyPrinter();
    }

    @Override
    public boolean hasPrettyPrinter() {
      return true;
    }
  }

  void text(String field, String value) {
    out.writeStringProperty(field, value);
  }

  /** {@code null} where there is none. */
  void text(String field, Optional<String> value) {
    value.ifPresentOrElse(v -> text(field, v), () -> out.writeNullProperty(field));
  }

  void number(String field, long value) {
    out.writeNumberProperty(field, value);
  }

  /** {@code null} where there is none. */
  void number(String field, Optional<Long> value) {
    value.ifPresentOrElse(v -> number(field, v), () -> out.writeNullProperty(field));
  }

  void flag(String field, boolean value) {
    out.writeBooleanProperty(field, value);
  }

  void object(String field, Consumer<Json> fields) {
    out.writeObjectPropertyStart(field);
    fields.accept(this);
    out.writeEndObject();
  }

  void texts(String field, Iterable<String> values) {
    out.writeArrayPropertyStart(field);
    values.forEach(out::writeString);
    out.writeEndArray();
  }

  <T> void objects(String field, Iterable<T> values, Consumer<T> fields) {
    out.writeArrayPropertyStart(field);
    for (T value : values) {
      out.writeStartObject();
      fields.accept(value);
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  /** As {@link #objects}, of the outermost object: for so many that several are written at once. */
  <T> void manyObjects(String field, List<T> values, BiConsumer<Json, T> fields) {
    out.writeArrayPropertyStart(field);
    for (int from = 0; from < values.size(); from += AT_ONCE) {
      List<String> texts =
          values.subList(from, Math.min(from + AT_ONCE, values.size())).parallelStream()
              .map(value -> inArray(value, fields))
              .toList();
      for (int i = 0; i < texts.size(); i++) {
        out.writeRaw(from + i == 0 ? "" : ",");
        out.writeRaw(texts.get(i));
      }
    }
    out.writeEndArray();
  }

  /** The text of the first object in the array of an object. */
  private static <T> String inArray(T value, BiConsumer<Json, T> fields) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = new JsonFactory().createGenerator(new Indented(), text)) {
      generator.writeStartObject();
      generator.writeArrayPropertyStart("");
      generator.flush();
      int before = text.getBuffer().length();
      generator.writeStartObject();
      fields.accept(new Json(generator), value);
      generator.writeEndObject();
      generator.flush();
      return text.getBuffer().substring(before);
    }
  }
}
