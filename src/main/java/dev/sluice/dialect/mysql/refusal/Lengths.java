package dev.sluice.dialect.mysql.refusal;

import dev.sluice.schema.Change;
import dev.sluice.schema.Change.*;
import dev.sluice.schema.Column;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** New names of more than 64 characters (manuals, "Identifier Length Limits"). */
final class Lengths {

  private static final int MOST = 64;

  private Lengths() {}

  static Optional<String> in(List<Change> changes) {
    return changes.stream()
        .flatMap(Lengths::made)
        .filter(
            n -> n.text().length() > MOST && n.text().codePointCount(0, n.text().length()) > MOST)
        .findFirst()
        .map(
            n ->
                n
                    + " has "
                    + n.text().codePointCount(0, n.text().length())
                    + " characters, and a name has at most 64 (errors 1059 and 1103)");
  }

  private static Stream<Name> made(Change change) {
    return switch (change) {
      case CreateTable c ->
          Stream.of(
                  Stream.of(c.table().name().name()),
                  c.table().columns().stream().map(Column::name),
                  c.table().constraints().stream().flatMap(k -> k.name().stream()),
                  c.indexes().stream().flatMap(i -> i.name().stream()).map(QualifiedName::name))
              .flatMap(s -> s);
      case AddColumn c -> Stream.of(c.column().name());
      case RedefineColumn c -> Stream.of(c.definition().name());
      case RenameColumn c -> Stream.of(c.to());
      case RenameTable c -> Stream.of(c.to());
      case RenameIndex c -> Stream.of(c.to());
      case CreateIndex c -> c.index().name().stream().map(QualifiedName::name);
      case AddConstraint c -> c.constraint().name().stream();
      case CreateView c -> Stream.of(c.view().name().name());
      case CreateTrigger c -> Stream.of(c.trigger().name());
      case CreateRoutine c -> Stream.of(c.routine().name().name());
      default -> Stream.empty();
    };
  }
}
