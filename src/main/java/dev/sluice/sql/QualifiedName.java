package dev.sluice.sql;

import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The name of a table, view, index, sequence, type or routine, with its schema (MySQL: database)
 * where the text gives one. What an unqualified name means is decided by {@code
 * dev.sluice.schema.Schema}, which knows the search path at that place.
 *
 * @param schema empty where the text names none
 */
public record QualifiedName(Optional<Name> schema, Name name) implements Comparable<QualifiedName> {

  private static final Comparator<QualifiedName> ORDER =
      Comparator.comparing((QualifiedName n) -> n.schema.map(Name::text).orElse(""))
          .thenComparing(QualifiedName::name);

  /** An unqualified name. */
  public static QualifiedName of(String name) {
    return new QualifiedName(Optional.empty(), new Name(name));
  }

  /** A name in a schema. */
  public static QualifiedName of(String schema, String name) {
    return new QualifiedName(Optional.of(new Name(schema)), new Name(name));
  }

  /** The same schema, another name: what a rename of this object leads to. */
  public QualifiedName withName(Name other) {
    return new QualifiedName(schema, other);
  }

  /** The same name in {@code other}. */
  public QualifiedName in(Name other) {
    return new QualifiedName(Optional.of(other), name);
  }

  // Asked for millions of times. What the compiler makes for a record is bound at run time, and is
  // many times slower where a process is over before it is compiled to the end.
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof QualifiedName that
            && name.equals(that.name)
            && schema.equals(that.schema));
  }

  @Override
  public int hashCode() {
    return 31 * schema.hashCode() + name.hashCode();
  }

  @Override
  public int compareTo(QualifiedName other) {
    return ORDER.compare(this, other);
  }

  /**
   * For messages and reports, unquoted: {@code shop.orders}. Never put into SQL: see Dialect.quote.
   */
  @Override
  public String toString() {
    return schema.map(s -> s.text() + "." + name.text()).orElse(name.text());
  }
}
