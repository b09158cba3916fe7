package dev.sluice.release;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.TypeChange;
import dev.sluice.migration.Directive;
import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.DataType;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.References;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Columns. */
final class KindOfColumnChange {

  /** What can make a value of NULL, so that nobody can tell. */
  private static final Pattern MAKES_VALUES =
      Pattern.compile("(?i)\\b(coalesce|ifnull|nvl|case|concat|concat_ws|is|if)\\b|<=>");

  /** Measured with pgjdbc, which prepares a statement after its fifth run. */
  private static final String CACHED_PLAN =
      "a statement that a connection had prepared, and that reads the column, fails there once:"
          + " \"cached plan must not change result type\"; inside a transaction its work is to be"
          + " done again";

  private static final String CACHED_STAR =
      "SELECT * or RETURNING * that a connection had prepared fails there once: \"cached plan must"
          + " not change result type\"";

  private KindOfColumnChange() {}

  static Verdict add(Change.AddColumn change, Scene scene) {
    QualifiedName table = change.table();
    Column column = change.column();
    if (change.ifNotExists() && scene.column(table, column.name()).isPresent()) {
      return Verdict.nothing(table + "." + column.name() + " is there already: nothing happens");
    }
    List<Name> missing = missing(column, table, scene);
    Verdict verdict =
        !missing.isEmpty()
            ? Verdict.replace(
                "NOT NULL, and computed from "
                    + missing.stream().map(Name::text).collect(Collectors.joining(", "))
                    + ": rows of the old version that have NULL there would be refused")
            : column.mayBeOmitted()
                ? Verdict.expand("a new column that INSERTs of the old version leave out")
                : Verdict.replace(
                        "NOT NULL without a default: INSERTs of the old version leave it out and would"
                            + " be refused")
                    .also(filledBy(column, scene));
    verdict = verdict.also(forgotten(column));
    if (scene.dialect().engine() == Engine.POSTGRESQL) {
      verdict = verdict.also(CACHED_STAR);
    }
    if (change.ifNotExists() && scene.unseen(table)) {
      verdict = verdict.also("whether it is there already is not known: taken as new");
    }
    for (Constraint constraint : change.constraints()) {
      Verdict inline = KindOfConstraintChange.ofNewColumn(change, constraint, scene);
      if (inline.breaksOld() && !verdict.breaksOld()) {
        verdict = Verdict.replace(inline.reasons().getFirst()).also(verdict.reasons());
      } else {
        verdict = verdict.also(inline.reasons());
      }
    }
    return verdict;
  }

  /** The columns whose NULL makes a computed one NULL that must not be. */
  private static List<Name> missing(Column column, QualifiedName table, Scene scene) {
    if (column.nullable() || column.generated().isEmpty()) {
      return List.of();
    }
    Fragment expression = column.generated().get().expression();
    if (MAKES_VALUES.matcher(expression.sql()).find()) {
      return List.of();
    }
    References references = expression.references();
    return scene.before().table(table).map(Table::columns).orElse(List.of()).stream()
        .filter(Column::nullable)
        .map(Column::name)
        .filter(n -> references.columns().stream().anyMatch(c -> c.name().equals(Optional.of(n))))
        .toList();
  }

  private static String filledBy(Column column, Scene scene) {
    return scene.directives().stream()
        .filter(
            d ->
                d instanceof Directive.Fill fill
                    && fill.target().map(t -> t.column().equals(column.name())).orElse(true))
        .map(d -> ((Directive.Fill) d).expression())
        .findFirst()
        .map(e -> "a directive fills it with " + e + " until the old version is gone")
        .orElseGet(() -> unfilled(scene));
  }

  private static String unfilled(Scene scene) {
    return switch (scene.dialect().engine()) {
      case POSTGRESQL ->
          "needs `sluice: fill \"<expression>\"`: what rows of the old version get as its default"
              + " until the old version is gone";
      case MYSQL, MARIADB ->
          "rows that are there silently get 0, '' or the first value of an ENUM, and rows of the old"
              + " version get it as the default until it is gone: `sluice: fill \"<expression>\"`"
              + " says another";
    };
  }

  /** What the server reads and does nothing about. */
  private static List<String> forgotten(Column column) {
    return column.options().contains("REFERENCES")
        ? List.of(
            "MySQL ignores REFERENCES behind a column: no foreign key is made; ADD FOREIGN KEY makes"
                + " one")
        : List.of();
  }

  static Verdict drop(Change.DropColumn change, Scene scene) {
    Verdict verdict =
        Verdict.contract("the old version reads and writes it until it is gone")
            .also(Companions.ofDroppedColumn(change.table(), change.column(), scene))
            .also(BrokenViews.remarks(change.table(), change.column(), scene))
            .also(BrokenCode.remarks(change.table(), change.column(), scene));
    return verdict.also(scene.remarks(change.table()));
  }

  static Verdict rename(Change.RenameColumn change, Scene scene) {
    return Verdict.rename(
            "the old version says "
                + change.column()
                + ", the new one "
                + change.to()
                + ", and both run at once")
        .also(BrokenViews.remarks(change.table(), change.column(), scene))
        .also(BrokenCode.remarks(change.table(), change.column(), scene))
        .also(scene.remarks(change.table()));
  }

  static Verdict type(Change.AlterColumnType change, Scene scene) {
    Optional<Column> column = scene.column(change.table(), change.column());
    if (column.isEmpty()) {
      return Verdict.replace(
          "its type before is not known: every value is taken as stored anew as " + change.type());
    }
    String from = column.get().type().text();
    TypeChange meaning = scene.dialect().typeChange(column.get(), change.type(), scene.before());
    if (change.using().filter(u -> !isCast(u, change.column())).isPresent()) {
      return Verdict.replace(
          "USING gives every row another value while both versions work with it");
    }
    Verdict verdict = type(change, column.get(), meaning, scene);
    if (drawsFewer(change, column.get(), scene)) {
      verdict =
          verdict.also(
              "its sequence stays "
                  + from
                  + " and ends where that does: ALTER SEQUENCE … AS "
                  + change.type());
    }
    boolean cached = meaning != TypeChange.SAME && scene.dialect().engine() == Engine.POSTGRESQL;
    return cached ? verdict.also(CACHED_PLAN) : verdict;
  }

  /** The column itself, or a cast of it: no other value than without USING. */
  private static boolean isCast(Fragment using, Name column) {
    return using.references().complete()
        && using.references().functions().isEmpty()
        && using
            .sql()
            .matches(
                "(?is)[\\s(]*(CAST\\s*\\()?[\\s(]*\"?"
                    + Pattern.quote(column.text())
                    + "\"?[\\s)]*((::|\\sAS\\s)[^+*/|&#%^<>=~!@'-]*)?");
  }

  /** The sequence of a serial has a type of its own, which does not follow (PostgreSQL). */
  private static boolean drawsFewer(Change.AlterColumnType change, Column column, Scene scene) {
    List<String> integers = List.of("smallint", "integer", "bigint");
    return scene.dialect().engine() == Engine.POSTGRESQL
        && column.identity().equals(Optional.of(Column.Identity.SERIAL))
        && integers.indexOf(change.type().name()) > integers.indexOf(column.type().name());
  }

  /** Whether the other type is another name for the very same values. */
  private static boolean holdsNoMore(Column column, DataType to, Scene scene) {
    DataType from = column.type();
    boolean text =
        from.name().equals("text")
            && to.name().equals("character varying")
            && to.arguments().isEmpty();
    boolean free =
        from.dimensions() == 0
            && scene
                .before()
                .domain(QualifiedName.of(from.name()))
                .map(d -> !d.constrained() && d.base().sameAs(to))
                .orElse(false);
    return scene.dialect().engine() == Engine.POSTGRESQL && (text || free);
  }

  private static Verdict type(
      Change.AlterColumnType change, Column column, TypeChange meaning, Scene scene) {
    String from = column.type().text();
    return switch (meaning) {
      case SAME -> Verdict.optional(from + " is " + change.type() + " in other words");
      case WIDENING -> {
        Verdict verdict =
            Verdict.expand(
                "every " + from + " is a " + change.type() + storedAlike(scene.dialect().engine()));
        if (isList(from) && !isList(change.type().text())) {
          verdict =
              verdict.also(
                  "it sorts and compares as text, no longer by the order of its list, and a number"
                      + " no longer stands for a value of it");
        }
        yield holdsNoMore(column, change.type(), scene)
            ? verdict
            : verdict.also("the old version meets values that " + from + " never held");
      }
      case NARROWING ->
          Verdict.contract(
              change.type() + " refuses values that the old version writes as " + from);
      case CONVERSION ->
          Verdict.replace(
              "the old version reads and writes "
                  + from
                  + ", the new one "
                  + change.type()
                  + ", and both run at once");
    };
  }

  private static boolean isList(String type) {
    return type.matches("(?is)(enum|set)\\s*\\(.*");
  }

  /** On MySQL and MariaDB the rows are mostly written anew all the same. */
  private static String storedAlike(Engine engine) {
    return switch (engine) {
      case POSTGRESQL -> ", stored alike";
      case MYSQL, MARIADB -> "";
    };
  }

  static Verdict setDefault(Change.SetDefault change) {
    return Verdict.expand("INSERTs that leave " + change.column() + " out get the new default");
  }

  static Verdict dropDefault(Change.DropDefault change, Scene scene) {
    QualifiedName table = change.table();
    Optional<Column> column = scene.column(table, change.column());
    boolean nullable = column.map(Column::nullable).orElse(false);
    boolean takesNull = nullable && scene.dialect().conventions().dropDefaultTakesNull();
    boolean none =
        column.map(c -> c.defaultValue().isEmpty() && c.identity().isEmpty()).orElse(false);
    if (none && !takesNull) {
      return Verdict.optional("it has no default");
    }
    if (scene.made(table, change.column()) && nullable && !takesNull) {
      return Verdict.optional("made in this release and nullable: the old version leaves it out");
    }
    return Verdict.contract("INSERTs of the old version leave it out and count on its default");
  }

  static Verdict setNotNull(Change.SetNotNull change, Scene scene) {
    Optional<Column> column = scene.column(change.table(), change.column());
    if (column.map(c -> !c.nullable()).orElse(false)) {
      return Verdict.optional("it is NOT NULL already");
    }
    if (scene.made(change.table(), change.column())) {
      return filled(column)
          ? Verdict.optional("made in this release with a default, which the old version leaves it")
          : Verdict.contract(
              "the old version does not know it: its INSERTs leave it NULL and would be refused");
    }
    return Verdict.contract("the old version still writes NULL there and would be refused")
        .also(scene.remarks(change.table()));
  }

  private static boolean filled(Optional<Column> column) {
    return column
        .map(
            c ->
                c.identity().isPresent()
                    || c.generated().isPresent()
                    || c.defaultValue()
                        .map(d -> !d.sql().strip().equalsIgnoreCase("null"))
                        .orElse(false))
        .orElse(false);
  }

  static Verdict dropNotNull(Change.DropNotNull change, Scene scene) {
    if (scene.column(change.table(), change.column()).map(Column::nullable).orElse(false)) {
      return Verdict.optional("it takes NULL already");
    }
    return Verdict.expand("the old version goes on writing values")
        .also("readers of the old version meet NULL once the new one writes it");
  }

  static Verdict addIdentity(Change.AddIdentity change, Scene scene) {
    boolean drawn =
        scene
            .column(change.table(), change.column())
            .map(c -> c.defaultValue().isPresent() || c.identity().isPresent())
            .orElse(false);
    return addIdentity(change, drawn, false);
  }

  /**
   * @param drawn whether INSERTs left it out before
   * @param set whether its file says where the numbers go on
   */
  static Verdict addIdentity(Change.AddIdentity change, boolean drawn, boolean set) {
    boolean always = change.how() == Column.Identity.ALWAYS;
    if (always && !drawn) {
      return Verdict.replace(
          "the old version gives the value itself, which GENERATED ALWAYS refuses");
    }
    Verdict verdict = Verdict.expand("INSERTs that leave it out get a number");
    if (!set && !change.options().toUpperCase(Locale.ROOT).contains("START")) {
      verdict =
          verdict.also(
              "its sequence starts at 1, and draws numbers that rows have already: START WITH, or"
                  + " setval behind the highest");
    }
    return always
        ? verdict.also("GENERATED ALWAYS refuses INSERTs of the old version that give the value")
        : verdict;
  }

  static Verdict dropIdentity() {
    return Verdict.contract("INSERTs of the old version leave it out and count on its number");
  }

  static Verdict dropExpression(Change.DropExpression change) {
    return Verdict.replace(
        "rows of the old version would have no value in "
            + change.column()
            + ", which it reads and does not write");
  }

  static Verdict setExpression(Change.SetExpression change) {
    return Verdict.replace(
        "the old version reads " + change.column() + " as it was computed before");
  }

  static Verdict option(Change.AlterColumnOption change, Scene scene) {
    String text = change.text().toUpperCase(Locale.ROOT).replaceAll("\\s+", " ");
    if (text.equals("SET INVISIBLE")) {
      return Verdict.contract("SELECT * of the old version no longer finds it");
    }
    if (text.equals("SET VISIBLE")) {
      return Verdict.contract("INSERTs of the old version without columns would lack a value");
    }
    if (text.contains("SET GENERATED ALWAYS")) {
      return Verdict.contract("GENERATED ALWAYS refuses INSERTs that give the value");
    }
    if (text.contains("RESTART")) {
      return KindOfRowChange.nextNumber(change.table() + "." + change.column(), scene);
    }
    if (text.contains("SET GENERATED")) {
      return Verdict.expand("how its numbers are drawn");
    }
    return Verdict.optional("how the column is stored and estimated: no statement sees it");
  }

  /** Whether it may be left out of INSERTs and is then NULL: a new column that nobody fills. */
  static boolean staysNull(QualifiedName table, Name column, Scene scene) {
    return scene.column(table, column).map(KindOfColumnChange::staysNull).orElse(false);
  }

  static boolean staysNull(Column column) {
    return column.nullable()
        && column.defaultValue().isEmpty()
        && column.identity().isEmpty()
        && column.generated().isEmpty();
  }
}
