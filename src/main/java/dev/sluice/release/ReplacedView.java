package dev.sluice.release;

import dev.sluice.schema.Change.CreateView;
import dev.sluice.schema.View;
import dev.sluice.schema.ViewColumns;
import dev.sluice.sql.Name;
import java.util.List;
import java.util.Optional;

/**
 * CREATE OR REPLACE VIEW and ALTER VIEW where the server takes any other columns: MySQL and MariaDB
 * do. PostgreSQL lets columns only be added at the end.
 */
final class ReplacedView {
  private ReplacedView() {}

  static Verdict verdict(CreateView change, Scene scene) {
    View old = scene.before().view(change.view().name()).orElseThrow();
    if (old.query().sql().equals(change.view().query().sql())
        && old.columns().equals(change.view().columns())) {
      return Verdict.optional("the same view, made again");
    }
    Optional<List<Name>> before = ViewColumns.of(old, scene.before());
    Optional<List<Name>> after = ViewColumns.of(change.view(), scene.before());
    if (before.isEmpty() || after.isEmpty()) {
      return Verdict.unknown(
          "whether the new query keeps the view's columns could not be compared: the server takes"
              + " any others");
    }
    List<String> lost = less(before.get(), after.get());
    List<String> gained = less(after.get(), before.get());
    if (lost.isEmpty()) {
      return KindOfObjectChange.replaced("reads the new query");
    }
    String columns = String.join(", ", lost);
    return gained.isEmpty()
        ? Verdict.contract(
            "the view loses " + columns + ", which the old version reads until it is gone")
        : Verdict.replace(
            "the view has "
                + String.join(", ", gained)
                + " in place of "
                + columns
                + ", and both versions read it at once");
  }

  private static List<String> less(List<Name> some, List<Name> others) {
    return some.stream().filter(n -> !others.contains(n)).map(Name::text).sorted().toList();
  }
}
