package dev.sluice.testing;

import dev.sluice.dialect.Reading;
import dev.sluice.dialect.Stated;
import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.DataType;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.References;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A reading as text that a person can check: what is empty or false is left out. */
public final class Rendering {

  private static final Set<String> RULE =
      Set.of(
          "nullable", "nullsDistinct", "validated", "inherited", "valid", "complete", "enforced");

  private static final Set<String> USUAL = Set.of("IMMEDIATE", "NO_ACTION", "ANY");

  private Rendering() {}

  /** Of a whole statement, one line for each change. */
  public static String of(Reading reading) {
    String by = reading.parsedBy() == Reading.ParsedBy.JSQLPARSER ? "  (read by JSqlParser)\n" : "";
    return by
        + (reading.stated().equals(Stated.NOTHING)
            ? ""
            : "  (" + components(reading.stated()).strip() + ")\n")
        + reading.changes().stream()
            .map(change -> "  " + of(change) + "\n")
            .collect(Collectors.joining());
  }

  /** Of one change. */
  public static String of(Change change) {
    return change.label() + components(change);
  }

  private static String components(Object record) {
    List<String> shown = new ArrayList<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      String name = component.getName();
      Object value = value(record, component);
      if (value instanceof Boolean is) {
        // What is the rule is said where it does not hold.
        if (is != RULE.contains(name)) {
          shown.add(is ? name : "not " + name);
        }
      } else if (!USUAL.contains(value.toString())) {
        String text = text(value);
        if (!text.isEmpty()) {
          shown.add(name + "=" + text);
        }
      }
    }
    return shown.isEmpty() ? "" : " " + String.join(" ", shown);
  }

  private static String text(Object value) {
    return switch (value) {
      case Optional<?> optional -> optional.map(Rendering::text).orElse("");
      case Fragment fragment -> fragment(fragment);
      case References references -> references(references);
      case DataType type -> type(type);
      case Name name -> name.toString();
      case QualifiedName name -> name.toString();
      case String text -> text.isEmpty() ? "" : "«" + text.replaceAll("\\s+", " ") + "»";
      case Collection<?> many ->
          many.isEmpty()
              ? ""
              : many.stream().map(Rendering::text).collect(Collectors.joining(", ", "[", "]"));
      case Map<?, ?> map -> map.isEmpty() ? "" : new TreeMap<>(map).toString();
      case Column.Attributes attributes when attributes.equals(Column.Attributes.NONE) -> "";
      case Record record ->
          record.getClass().getSimpleName() + "(" + components(record).strip() + ")";
      default -> value.toString();
    };
  }

  private static String type(DataType type) {
    return type.name()
        + (type.arguments().isEmpty() ? "" : "(" + String.join(", ", type.arguments()) + ")")
        + "[]".repeat(type.dimensions());
  }

  private static String fragment(Fragment fragment) {
    String names = references(fragment.references());
    return "«"
        + fragment.sql().replaceAll("\\s+", " ")
        + "»"
        + (names.isEmpty() ? "" : " " + names);
  }

  private static String references(References references) {
    if (references.equals(References.UNKNOWN)) {
      return "{unknown}";
    }
    List<String> parts = new ArrayList<>();
    add(parts, "reads", references.relations());
    add(parts, "writes", references.writes());
    add(
        parts,
        "columns",
        references.columns().stream()
            .map(c -> c.table().map(t -> t + ".").orElse("") + c.name().map(Name::text).orElse("*"))
            .collect(Collectors.toSet()));
    add(parts, "calls", references.functions());
    add(parts, "types", references.types());
    if (!references.complete()) {
      parts.add("incomplete");
    }
    return parts.isEmpty() ? "" : "{" + String.join("; ", parts) + "}";
  }

  private static void add(List<String> parts, String what, Set<?> names) {
    if (!names.isEmpty()) {
      parts.add(
          what
              + " "
              + names.stream().map(Object::toString).sorted().collect(Collectors.joining(", ")));
    }
  }

  private static Object value(Object record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
