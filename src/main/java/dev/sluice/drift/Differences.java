package dev.sluice.drift;

import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Those that were found so far. */
final class Differences {

  private final Name defaultSchema;
  private final List<Difference> all = new ArrayList<>();

  Differences(Name defaultSchema) {
    this.defaultSchema = defaultSchema;
  }

  /** Sorted by object. */
  List<Difference> all() {
    return all.stream()
        .sorted(
            Comparator.comparing(Difference::object)
                .thenComparing(Difference::kind)
                .thenComparing(Difference::what))
        .toList();
  }

  /** Without the schema where it is the default one. */
  String shown(QualifiedName name) {
    return name.schema().equals(Optional.of(defaultSchema))
        ? QualifiedName.of(name.name().text()).toString()
        : name.toString();
  }

  String shown(QualifiedName table, Name part) {
    return shown(table) + "." + part;
  }

  void missing(String kind, String object, String definition) {
    all.add(new Difference(kind, object, "", Optional.of(definition), Optional.empty()));
  }

  void extra(String kind, String object, String definition) {
    all.add(new Difference(kind, object, "", Optional.empty(), Optional.of(definition)));
  }

  void differs(String kind, String object, String what, String migrations, String database) {
    all.add(new Difference(kind, object, what, Optional.of(migrations), Optional.of(database)));
  }

  /** Where the texts differ. */
  void compare(String kind, String object, String what, String migrations, String database) {
    if (!migrations.equals(database)) {
      differs(kind, object, what, migrations, database);
    }
  }
}
