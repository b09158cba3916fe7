package dev.sluice.report;

import java.io.StringWriter;
import java.io.Writer;
import java.util.Optional;
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
}
