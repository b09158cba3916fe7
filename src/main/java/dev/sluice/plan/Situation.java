package dev.sluice.plan;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.Probes;
import dev.sluice.dialect.Stated;
import dev.sluice.dialect.Writer;
import dev.sluice.release.Phase;
import dev.sluice.release.Release;
import dev.sluice.release.Release.Redefinition;
import dev.sluice.release.Subject;
import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.Impact;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Statistics;
import dev.sluice.schema.Table;
import dev.sluice.schema.Work;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that a recipe may know: the change, where it stands, and what planning has made of everything
 * before it.
 *
 * @param subject the change where it stands, in the names of the text
 * @param change what is to be done, in the names that hold in its phase
 * @param replaced names that are taken away and given again, this change being the last of them;
 *     mostly empty
 * @param phase where its own effect belongs; what prepares it goes before, what cleans up after
 * @param phases the schema as it will be in each phase
 */
public record Situation(
    Subject subject,
    Change change,
    List<Redefinition> replaced,
    Phase phase,
    Release release,
    Phases phases,
    StandIns standIns,
    Made made,
    Dialect dialect,
    Statistics statistics,
    Decisions decisions,
    PlanSettings settings) {

  /** The same, where names are taken away and given again. */
  Situation replacing(List<Redefinition> group) {
    return new Situation(
        subject,
        change,
        List.copyOf(group),
        phase,
        release,
        phases,
        standIns,
        made,
        dialect,
        statistics,
        decisions,
        settings);
  }

  /** The schema that the change meets in its phase. */
  public Schema schema() {
    return phases.in(phase);
  }

  /** The schema at the end of pre-deploy, so far. */
  public Schema pre() {
    return phases.pre();
  }

  public Writer writer() {
    return dialect.writer();
  }

  public Probes probes() {
    return dialect.probes();
  }

  /** Whether the statement says only this, so that its own text can run. */
  public boolean alone() {
    return alone(subject);
  }

  /** Whether the statement of a change says nothing else. */
  public boolean alone(Subject some) {
    return release.subjects().stream().filter(s -> s.statement().equals(some.statement())).count()
        == 1;
  }

  /** The changes of the release behind this one. */
  public List<Subject> later() {
    List<Subject> all = release.subjects();
    return all.subList(all.indexOf(subject) + 1, all.size());
  }

  /** Whether a split rename makes the text mean something else in this phase. */
  public boolean reworded() {
    return !change.equals(subject.change());
  }

  /**
   * Whether the table came with this release: no rows, no traffic.
   *
   * @param table by the name that it has in the text
   */
  public boolean made(QualifiedName table) {
    return made.tables().contains(subject.before().resolve(table));
  }

  /** Whether the column, or its table, came with this release. */
  public boolean made(QualifiedName table, Name column) {
    return made.column(subject.before().resolve(table), column);
  }

  /** The column as it stands in the phase of the change; empty where it was never seen. */
  public Optional<Column> column(QualifiedName table, Name column) {
    return schema().column(table, column);
  }

  /** What the change costs in that phase. Nobody waits for what this release itself makes. */
  public Impact impact(Change some, Schema there) {
    return withoutOwn(dialect.impact(some, known(there)));
  }

  /**
   * The same of several changes in one statement.
   *
   * @param stated what the statement says of how it is to be run
   */
  public Impact impact(List<Change> together, Stated stated, Schema there) {
    return withoutOwn(
        dialect.impacts(together, stated, known(there)).stream()
            .reduce(Impact::and)
            .orElse(Impact.NONE));
  }

  /** The statement with the words that make the server refuse rather than do worse. */
  String stating(String sql, List<Change> together, Schema there) {
    return dialect.stating(sql, together, known(there));
  }

  private Impact withoutOwn(Impact whole) {
    List<Impact.Lock> locks = whole.locks().stream().filter(l -> !made(l.relation())).toList();
    boolean ours = locks.isEmpty() && !whole.locks().isEmpty();
    return new Impact(
        locks, ours ? Work.INSTANT : whole.work(), whole.algorithm(), whole.transactional());
  }

  /** What takes the change back. What the release itself made is lost to nobody. */
  Inverse inverse(Change some, Schema there, Phase when) {
    boolean own =
        switch (some) {
          case Change.DropColumn c -> made(c.table(), c.column());
          case Change.DropTable c -> made(c.table());
          default -> false;
        };
    Inverse inverse = own ? Inverse.NOTHING : Inverse.of(some, known(there), when);
    return inverse.on(dialect.engine(), some, there);
  }

  private Schema known(Schema there) {
    return subject.before().complete() ? there : there.incomplete();
  }

  /**
   * The name as a statement here would write it: without its schema where the search path leads
   * there.
   */
  public QualifiedName spoken(QualifiedName resolved) {
    QualifiedName bare = new QualifiedName(Optional.empty(), resolved.name());
    return schema().resolve(bare).equals(resolved) ? bare : resolved;
  }

  Sizes sizes() {
    return new Sizes(statistics, settings, name -> subject.before().resolve(name));
  }

  /** How many rows the table has; empty where nobody knows. */
  public Optional<Long> rows(QualifiedName table) {
    return made(table)
        ? Optional.of(0L)
        : statistics.size(schema().resolve(table)).map(Statistics.Size::rows);
  }

  /**
   * The columns that order the rows of a table and find one: its primary key, and on MySQL and
   * MariaDB else a unique key that takes no NULL. Empty where it has none.
   */
  public List<Name> rowKey(QualifiedName table, Schema there) {
    List<Name> primary = there.table(table).map(Table::primaryKey).orElse(List.of());
    if (dialect.engine() == Engine.POSTGRESQL) {
      return primary;
    }
    return Stream.concat(
            Stream.of(primary),
            there.allIndexesOn(table).stream()
                .filter(i -> i.unique() && i.plain())
                .map(i -> i.columns().stream().flatMap(c -> c.column().stream()).toList()))
        .filter(names -> !names.isEmpty())
        .filter(names -> names.stream().allMatch(n -> orders(there.column(table, n))))
        .findFirst()
        .orElse(List.of());
  }

  /** Not what takes NULL, nor what is not found again by what is shown of it. */
  private static boolean orders(Optional<Column> column) {
    return column
        .filter(c -> !c.nullable())
        .map(c -> c.type().name().toLowerCase(Locale.ROOT))
        .filter(type -> !type.startsWith("float") && !type.startsWith("double"))
        .isPresent();
  }

  /** A change in the names that hold in pre-deploy; empty where it must wait. */
  public Optional<Change> inPreDeploy(Change some) {
    return standIns.inPreDeploy(some, pre(), writer());
  }

  /** Whether something of another kind bears a name of the table, or of a column of it, so far. */
  public boolean standsIn(QualifiedName table) {
    return standIns.stands(table, pre());
  }

  /** The table as it is called after the renamings before this change have ended. */
  public QualifiedName afterwards(QualifiedName table) {
    return standIns.afterwards(table, pre());
  }

  /** The table as it is called before post-deploy, by the name that it has afterwards. */
  public QualifiedName beforehand(QualifiedName table) {
    return standIns.table(table, pre());
  }

  public Sketch sketch() {
    return new Sketch(this);
  }
}
