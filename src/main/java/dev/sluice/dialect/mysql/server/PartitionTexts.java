package dev.sluice.dialect.mysql.server;

import dev.sluice.dialect.Answer;
import java.util.List;
import java.util.stream.Collectors;

/** PARTITION BY with all its partitions. */
final class PartitionTexts {

  private PartitionTexts() {}

  /** With a space in front; empty where there are none. */
  static String of(List<Answer> partitions) {
    if (partitions.isEmpty()) {
      return "";
    }
    Answer first = partitions.getFirst();
    String parts =
        first
            .optional(4)
            .map(method -> " SUBPARTITION BY " + method + " (" + first.text(6) + ")")
            .orElse("");
    // The row's end is all that SYSTEM_TIME goes by.
    String key =
        first
            .optional(5)
            .filter(e -> !first.text(3).equals("SYSTEM_TIME"))
            .map(e -> " (" + e + ")")
            .orElse("");
    // KEY without columns takes those of the primary key.
    boolean empty = key.isEmpty() && first.text(3).endsWith("KEY");
    return " PARTITION BY "
        + first.text(3)
        + (empty ? " ()" : key)
        + parts
        + " ("
        + Found.bySecond(partitions).values().stream()
            .map(PartitionTexts::partition)
            .collect(Collectors.joining(", "))
        + ")";
  }

  private static String partition(List<Answer> parts) {
    Answer first = parts.getFirst();
    return "PARTITION "
        + Found.quote(first.text(1))
        + values(first.text(3), first.text(7))
        + (first.optional(2).isEmpty()
            ? ""
            : parts.stream()
                .map(p -> "SUBPARTITION " + Found.quote(p.text(2)))
                .collect(Collectors.joining(", ", " (", ")")));
  }

  private static String values(String method, String description) {
    return switch (method) {
      case "RANGE", "RANGE COLUMNS" ->
          " VALUES LESS THAN "
              + (description.equals("MAXVALUE") ? description : "(" + description + ")");
      case "LIST", "LIST COLUMNS" ->
          description.equals("DEFAULT") ? " DEFAULT" : " VALUES IN (" + description + ")";
      case "SYSTEM_TIME" -> description.equals("CURRENT") ? " CURRENT" : " HISTORY";
      default -> "";
    };
  }
}
