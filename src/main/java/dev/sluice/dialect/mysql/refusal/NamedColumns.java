package dev.sluice.dialect.mysql.refusal;

import dev.sluice.schema.Change;
import dev.sluice.schema.Change.AddColumn;
import dev.sluice.schema.Change.AddConstraint;
import dev.sluice.schema.Change.CreateTable;
import dev.sluice.schema.Change.CreateView;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.References;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Columns that a CHECK or a view names, and that no table there has. */
final class NamedColumns {

  private NamedColumns() {}

  /** In the CHECKs that a statement adds, and what it computes columns from. */
  static Optional<String> ofTable(Outcome table) {
    String error =
        table.mariadb()
            ? "error 1054"
            : table.makesTable()
                ? "errors 3820 and 3813 and 1054"
                : "errors 1054 and 3813 and 3959";
    return table.changes().stream()
        .flatMap(NamedColumns::expressions)
        .filter(e -> e.references().complete() && e.references().relations().isEmpty())
        .flatMap(e -> e.references().columns().stream())
        .filter(c -> c.table().isEmpty())
        .flatMap(c -> c.name().stream())
        .filter(n -> RowColumns.isSurelyColumn(n) && table.column(n).isEmpty())
        .findFirst()
        .map(
            n ->
                "an expression names "
                    + n
                    + ", which "
                    + table.name().name()
                    + " does not have ("
                    + error
                    + ")");
  }

  private static Stream<Fragment> expressions(Change change) {
    List<Fragment> all = new ArrayList<>();
    switch (change) {
      case CreateTable c -> {
        c.table().columns().forEach(k -> k.generated().ifPresent(g -> all.add(g.expression())));
        c.table().constraints().forEach(k -> check(k, all));
      }
      case AddColumn c -> {
        c.column().generated().ifPresent(g -> all.add(g.expression()));
        c.constraints().forEach(k -> check(k, all));
      }
      case AddConstraint c -> check(c.constraint(), all);
      default -> {}
    }
    return all.stream();
  }

  private static void check(Constraint constraint, List<Fragment> all) {
    if (constraint instanceof Constraint.Check check) {
      all.add(check.expression());
    }
  }

  /** In the queries of views. A name that stands there twice can be one that the query gives. */
  static Optional<String> ofViews(List<Change> changes, Schema before) {
    Schema schema = before;
    for (Change change : changes) {
      if (change instanceof CreateView view) {
        Optional<String> why = inQuery(view.view().query(), schema);
        if (why.isPresent()) {
          return why;
        }
      }
      schema = schema.after(change);
    }
    return Optional.empty();
  }

  private static Optional<String> inQuery(Fragment query, Schema schema) {
    References references = query.references();
    boolean known =
        references.complete()
            && !references.relations().isEmpty()
            && references.relations().stream().allMatch(r -> isTable(r, schema));
    return known
        ? references.columns().stream()
            .filter(c -> c.name().filter(n -> isOfNone(c, n, references, schema)).isPresent())
            .flatMap(c -> c.name().stream())
            .filter(n -> RowColumns.isSurelyColumn(n) && times(n, query.sql()) == 1)
            .findFirst()
            .map(n -> "the query names " + n + ", which no table in it has (error 1054)")
        : Optional.empty();
  }

  private static boolean isTable(QualifiedName relation, Schema schema) {
    return schema.isCertain(relation) && schema.table(relation).isPresent();
  }

  private static boolean isOfNone(
      References.Column column, Name name, References references, Schema schema) {
    Optional<QualifiedName> own = column.table().map(schema::resolve);
    boolean read =
        own.map(t -> references.relations().stream().map(schema::resolve).anyMatch(t::equals))
            .orElse(true);
    return read
        && references.relations().stream()
            .filter(r -> own.map(t -> t.equals(schema.resolve(r))).orElse(true))
            .map(r -> schema.table(r).orElseThrow())
            .noneMatch(t -> has(t, name));
  }

  private static boolean has(Table table, Name column) {
    return table.column(column).isPresent();
  }

  private static int times(Name name, String sql) {
    Matcher matcher =
        Pattern.compile("(?iu)(?<![\\w$])" + Pattern.quote(name.text()) + "(?![\\w$])")
            .matcher(sql);
    int times = 0;
    while (matcher.find()) {
      times++;
    }
    return times;
  }
}
