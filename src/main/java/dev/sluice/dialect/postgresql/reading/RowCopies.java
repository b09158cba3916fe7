package dev.sluice.dialect.postgresql.reading;

import dev.sluice.dialect.RowCopy;
import dev.sluice.dialect.RowCopy.Value;
import dev.sluice.schema.Column;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.sf.jsqlparser.expression.AllValue;
import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.ExpressionVisitorAdapter;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SelectItem;
import org.jspecify.annotations.Nullable;

/**
 * {@code INSERT INTO … SELECT … FROM one table WHERE …}: one row of each row. What joins, groups or
 * looks into other tables is none.
 */
public final class RowCopies {

  /** What is no copy, found while it is taken apart. */
  private static final class NotOne extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotOne() {
      super(null, null, false, false);
    }
  }

  /** Functions that give one value for one row (manual, "Functions and Operators"). */
  private static final Set<String> BY_ROW =
      Set.of(
          "lower upper initcap trim btrim ltrim rtrim concat concat_ws substr substring replace left"
              .concat(" right lpad rpad length char_length md5 split_part regexp_replace to_char")
              .concat(
                  " to_date to_timestamp date_trunc date_part coalesce nullif greatest least abs")
              .concat(" round ceil ceiling floor trunc now clock_timestamp statement_timestamp")
              .concat(
                  " gen_random_uuid uuid_generate_v4 nextval json_build_object jsonb_build_object")
              .concat(" to_json to_jsonb array_length")
              .split(" "));

  /** What a row is called in a trigger, where these texts stand then. */
  private static final Set<String> OF_TRIGGERS = Set.of("new", "old", "was", "made");

  private final Schema schema;
  private final UnaryOperator<String> quote;
  private final Table source;
  private final Name row;
  private final Set<String> called;

  private RowCopies(
      Schema schema, UnaryOperator<String> quote, net.sf.jsqlparser.schema.Table from) {
    QualifiedName name = SecondReader.qualified(from);
    this.schema = schema;
    this.quote = quote;
    this.source = schema.table(name).filter(Table::complete).orElseThrow(NotOne::new);
    if (from.getAlias() != null && from.getAlias().getAliasColumns() != null) {
      throw new NotOne();
    }
    this.row = from.getAlias() == null ? name.name() : Identifiers.name(from.getAlias().getName());
    this.called = Set.of(row.text());
    if (OF_TRIGGERS.contains(row.text())) {
      throw new NotOne();
    }
  }

  /**
   * Empty where the statement is none.
   *
   * @param quote a name as the texts are to have it
   */
  public static Optional<RowCopy> of(String sql, Schema schema, UnaryOperator<String> quote) {
    if (!(SecondReader.believed(sql).orElse(null) instanceof Insert insert)
        || insert.getWithItemsList() != null
        || insert.getReturningClause() != null
        || insert.getConflictAction() != null
        || insert.getTable() == null
        || insert.getSelect() == null) {
      return Optional.empty();
    }
    try {
      PlainSelect select = plain(insert.getSelect());
      if (!(select.getFromItem() instanceof net.sf.jsqlparser.schema.Table from)) {
        return Optional.empty();
      }
      return Optional.of(new RowCopies(schema, quote, from).copy(insert, select));
    } catch (NotOne | Unreadable e) {
      return Optional.empty();
    }
  }

  private static PlainSelect plain(Select select) {
    Select inner = select instanceof ParenthesedSelect in ? in.getSelect() : select;
    if (!(inner instanceof PlainSelect plain)
        || isMore(select)
        || isMore(plain)
        || plain.getDistinct() != null
        || plain.getGroupBy() != null
        || plain.getHaving() != null
        || plain.getIntoTables() != null
        || !(plain.getJoins() == null || plain.getJoins().isEmpty())) {
      throw new NotOne();
    }
    return plain;
  }

  private static boolean isMore(Select select) {
    return select.getWithItemsList() != null
        || select.getLimit() != null
        || select.getOffset() != null
        || select.getFetch() != null
        || select.getOrderByElements() != null;
  }

  private RowCopy copy(Insert insert, PlainSelect select) {
    QualifiedName target = SecondReader.qualified(insert.getTable());
    List<Name> columns = new ArrayList<>();
    if (insert.getColumns() == null) {
      schema
          .table(target)
          .filter(Table::complete)
          .orElseThrow(NotOne::new)
          .columns()
          .forEach(c -> columns.add(c.name()));
    } else {
      insert.getColumns().forEach(c -> columns.add(Identifiers.name(c.getColumnName())));
    }
    List<Value> values = new ArrayList<>();
    for (SelectItem<?> item : select.getSelectItems()) {
      items(item.getExpression(), columns, values);
    }
    if (values.size() > columns.size()
        || (insert.getColumns() != null && values.size() < columns.size())) {
      throw new NotOne();
    }
    return new RowCopy(
        target,
        SecondReader.qualified((net.sf.jsqlparser.schema.Table) select.getFromItem()),
        row,
        values,
        Optional.ofNullable(select.getWhere()).map(Object::toString),
        needed(select.getWhere()));
  }

  private void items(Expression expression, List<Name> columns, List<Value> values) {
    if (expression instanceof AllColumns all) {
      if (all instanceof AllTableColumns of
          && !called.contains(Identifiers.name(of.getTable().getName()).text())) {
        throw new NotOne();
      }
      for (Column column : source.columns()) {
        values.add(
            new Value(
                at(columns, values.size()),
                quote.apply(column.name().text()),
                Optional.of(column.name()),
                Set.of(column.name())));
      }
      return;
    }
    Optional<Name> plain =
        expression instanceof net.sf.jsqlparser.schema.Column column
            ? Optional.of(Identifiers.name(column.getColumnName()))
            : Optional.empty();
    values.add(
        new Value(at(columns, values.size()), expression.toString(), plain, needed(expression)));
  }

  private static Name at(List<Name> columns, int place) {
    if (place >= columns.size()) {
      throw new NotOne();
    }
    return columns.get(place);
  }

  /** The columns of the source that it names. */
  private Set<Name> needed(@Nullable Expression expression) {
    Set<Name> needed = new LinkedHashSet<>();
    if (expression != null) {
      expression.accept(new Needs(needed), null);
    }
    return needed;
  }

  /** Refuses what is more than one row of the source. */
  private final class Needs extends ExpressionVisitorAdapter<Void> {

    private final Set<Name> needed;

    Needs(Set<Name> needed) {
      this.needed = needed;
    }

    @Override
    public <S> Void visit(net.sf.jsqlparser.schema.Column column, S context) {
      net.sf.jsqlparser.schema.Table of = column.getTable();
      Name name = Identifiers.name(column.getColumnName());
      boolean ours =
          of == null
              || of.getName() == null
              || (of.getSchemaName() == null
                  && called.contains(Identifiers.name(of.getName()).text()));
      if (!ours || column.getArrayConstructor() != null || source.column(name).isEmpty()) {
        throw new NotOne();
      }
      needed.add(name);
      return null;
    }

    @Override
    public <S> Void visit(Function function, S context) {
      if (!BY_ROW.contains(function.getName().toLowerCase(Locale.ROOT))) {
        throw new NotOne();
      }
      return super.visit(function, context);
    }

    @Override
    public <S> Void visit(AnalyticExpression analytic, S context) {
      throw new NotOne();
    }

    @Override
    public <S> Void visit(ParenthesedSelect select, S context) {
      throw new NotOne();
    }

    @Override
    public <S> Void visit(Select select, S context) {
      throw new NotOne();
    }

    @Override
    public <S> Void visit(AllColumns all, S context) {
      throw new NotOne();
    }

    @Override
    public <S> Void visit(AllValue all, S context) {
      throw new NotOne();
    }
  }
}
