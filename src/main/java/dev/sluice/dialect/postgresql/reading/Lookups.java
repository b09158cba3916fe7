package dev.sluice.dialect.postgresql.reading;

import dev.sluice.dialect.Lookup;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.ExpressionVisitorAdapter;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.relational.EqualsTo;
import net.sf.jsqlparser.expression.operators.relational.ExistsExpression;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.update.Update;
import net.sf.jsqlparser.statement.update.UpdateSet;
import org.jspecify.annotations.Nullable;

/**
 * The two ways of an UPDATE that takes values from another table's row: {@code SET c = (SELECT …)}
 * and {@code UPDATE … FROM}. Whatever is more than one table, one row and plain columns is none.
 */
public final class Lookups {

  /** What is no lookup, found while it is taken apart. */
  private static final class NotOne extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotOne() {
      super(null, null, false, false);
    }
  }

  /** What a row is called in a trigger, where these texts stand then. */
  private static final Set<String> OF_TRIGGERS = Set.of("new", "old", "given");

  private final Schema schema;
  private final UnaryOperator<String> quote;
  private final QualifiedName table;
  private final Set<String> ownNames;

  private Lookups(Schema schema, UnaryOperator<String> quote, Update update) {
    this.schema = schema;
    this.quote = quote;
    this.table = SecondReader.qualified(update.getTable());
    this.ownNames = new HashSet<>(called(update.getTable()));
    // As the texts call it, once a condition that several assignments share is qualified.
    ownNames.add(table.name().text());
  }

  /**
   * One for each assignment of the UPDATE; an empty list where one of them is none.
   *
   * @param quote a name as the texts are to have it
   */
  public static List<Lookup> of(String sql, Schema schema, UnaryOperator<String> quote) {
    if (!(SecondReader.believed(sql).orElse(null) instanceof Update update)
        || update.getWithItemsList() != null
        || update.getStartJoins() != null
        || !isEmpty(update.getJoins())
        || update.getReturningClause() != null) {
      return List.of();
    }
    try {
      return new Lookups(schema, quote, update).all(update);
    } catch (NotOne | Unreadable e) {
      return List.of();
    }
  }

  private List<Lookup> all(Update update) {
    List<Lookup> all = new ArrayList<>();
    for (UpdateSet set : update.getUpdateSets()) {
      if (set.getColumns().size() != 1 || set.getValues().size() != 1) {
        throw new NotOne();
      }
      Name column = Identifiers.name(set.getColumns().get(0).getColumnName());
      Expression value = set.getValues().get(0);
      all.add(
          update.getFromItem() == null
              ? selected(column, value, Optional.ofNullable(update.getWhere()))
              : new Taken(update.getFromItem())
                  .lookup(column, value, needed(update.getWhere()), Optional.empty(), true));
    }
    return all;
  }

  private Lookup selected(Name column, Expression value, Optional<Expression> where) {
    if (!(value instanceof ParenthesedSelect select)
        || !(select.getSelect() instanceof PlainSelect plain)
        || !isPlain(select)
        || !isPlain(plain)
        || plain.getSelectItems().size() != 1
        || !isEmpty(plain.getJoins())
        || plain.getDistinct() != null
        || plain.getGroupBy() != null
        || plain.getHaving() != null
        || plain.getFromItem() == null) {
      throw new NotOne();
    }
    return new Taken(plain.getFromItem())
        .lookup(
            column, plain.getSelectItem(0).getExpression(), needed(plain.getWhere()), where, false);
  }

  /** LIMIT says nothing where a key finds one row at most. */
  private static boolean isPlain(Select select) {
    return select.getWithItemsList() == null
        && select.getOffset() == null
        && select.getOrderByElements() == null;
  }

  private static boolean isEmpty(@Nullable List<?> joins) {
    return joins == null || joins.isEmpty();
  }

  private static Expression needed(@Nullable Expression where) {
    if (where == null) {
      throw new NotOne();
    }
    return where;
  }

  private static Set<String> called(net.sf.jsqlparser.schema.Table table) {
    return table.getAlias() == null
        ? new HashSet<>(
            List.of(
                Identifiers.name(table.getName()).text(), SecondReader.qualified(table).toString()))
        : Set.of(Identifiers.name(table.getAlias().getName()).text());
  }

  /** What is taken from one table. */
  private final class Taken {

    private final QualifiedName source;
    private final Set<String> sourceNames;
    private final Name sourceRow;
    private final Set<Name> own = new LinkedHashSet<>();
    private final Set<Name> needed = new LinkedHashSet<>();

    Taken(FromItem from) {
      if (!(from instanceof net.sf.jsqlparser.schema.Table other)
          || (other.getAlias() != null && other.getAlias().getAliasColumns() != null)) {
        throw new NotOne();
      }
      source = SecondReader.qualified(other);
      sourceNames = called(other);
      sourceRow =
          other.getAlias() == null ? source.name() : Identifiers.name(other.getAlias().getName());
      if (schema.resolve(source).equals(schema.resolve(table))
          || sourceRow.equals(table.name())
          || OF_TRIGGERS.contains(sourceRow.text())
          || OF_TRIGGERS.contains(table.name().text())) {
        throw new NotOne();
      }
    }

    Lookup lookup(
        Name column,
        Expression value,
        Expression condition,
        Optional<Expression> where,
        boolean keeps) {
      List<Lookup.Key> keys = new ArrayList<>();
      keys(condition, keys);
      if (keys.isEmpty()) {
        throw new NotOne();
      }
      value.accept(new Qualify(true), null);
      condition.accept(new Qualify(true), null);
      where.ifPresent(w -> w.accept(new Qualify(false), null));
      return new Lookup(
          column,
          source,
          sourceRow,
          keys,
          value.toString(),
          condition.toString(),
          where.map(Object::toString),
          own,
          needed,
          keeps);
    }

    private void keys(Expression condition, List<Lookup.Key> keys) {
      if (condition instanceof AndExpression and) {
        keys(and.getLeftExpression(), keys);
        keys(and.getRightExpression(), keys);
      } else if (condition instanceof EqualsTo equals
          && equals.getLeftExpression() instanceof Column left
          && equals.getRightExpression() instanceof Column right) {
        if (isSource(left) && !isSource(right)) {
          keys.add(new Lookup.Key(name(right), name(left)));
        } else if (isSource(right) && !isSource(left)) {
          keys.add(new Lookup.Key(name(left), name(right)));
        }
      }
    }

    /** Without a qualifier the source's column comes first, as in a subselect. */
    private boolean isSource(Column column) {
      Optional<String> qualifier = qualifier(column);
      if (qualifier.isPresent()) {
        return sourceNames.contains(qualifier.get());
      }
      if (has(source, name(column))) {
        return true;
      }
      if (!has(table, name(column))) {
        throw new NotOne();
      }
      return false;
    }

    private boolean has(QualifiedName relation, Name column) {
      Table known = schema.table(relation).orElseThrow(NotOne::new);
      return known.columns().stream().anyMatch(c -> c.name().equals(column));
    }

    /** Gives every column its row; refuses what reads more. */
    private final class Qualify extends ExpressionVisitorAdapter<Void> {

      private final boolean both;

      Qualify(boolean both) {
        this.both = both;
      }

      @Override
      public <S> Void visit(Column column, S context) {
        boolean taken = both && isSource(column);
        if (!taken && !qualifier(column).map(ownNames::contains).orElse(has(table, name(column)))) {
          throw new NotOne();
        }
        (taken ? needed : own).add(name(column));
        Name row = taken ? sourceRow : table.name();
        column.setTable(new net.sf.jsqlparser.schema.Table(quote.apply(row.text())));
        return null;
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
      public <S> Void visit(ExistsExpression exists, S context) {
        throw new NotOne();
      }

      @Override
      public <S> Void visit(AllColumns all, S context) {
        throw new NotOne();
      }
    }
  }

  private static Name name(Column column) {
    if (column.getArrayConstructor() != null) {
      throw new NotOne();
    }
    return Identifiers.name(column.getColumnName());
  }

  private static Optional<String> qualifier(Column column) {
    net.sf.jsqlparser.schema.Table table = column.getTable();
    if (table == null || table.getName() == null) {
      return Optional.empty();
    }
    return Optional.of(
        table.getSchemaName() == null
            ? Identifiers.name(table.getName()).text()
            : SecondReader.qualified(table).toString());
  }
}
