package dev.sluice.dialect.postgresql.impact;

import dev.sluice.dialect.postgresql.reading.DataTypes;
import dev.sluice.dialect.postgresql.writing.SqlText;
import dev.sluice.schema.DataType;
import dev.sluice.schema.ObjectKind;
import dev.sluice.schema.Schema;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is known of a type beyond its name. */
public final class Types {

  /** Of extensions that are met often; none is a domain with a constraint. */
  private static final Set<String> OF_EXTENSIONS =
      Set.of(
          "citext",
          "hstore",
          "ltree",
          "lquery",
          "ltxtquery",
          "cube",
          "seg",
          "geometry",
          "geography",
          "box2d",
          "box3d",
          "raster",
          "vector",
          "halfvec",
          "sparsevec",
          "isbn",
          "ean13",
          "semver");

  private Types() {}

  /** The domain; empty for every other type, and for an array of domains. */
  static Optional<Schema.Domain> domain(DataType type, Schema schema) {
    return type.dimensions() > 0 ? Optional.empty() : schema.domain(name(type));
  }

  /** The type below all domains. */
  static DataType base(DataType type, Schema schema) {
    return domain(type, schema).map(d -> base(d.base(), schema)).orElse(type);
  }

  /**
   * Whether every value must be checked when it becomes of this type, so that a new column of it
   * rewrites the table. Of a type that was never seen: yes.
   */
  static boolean isConstrained(DataType type, Schema schema) {
    Optional<Schema.Domain> domain = domain(type, schema);
    return domain.isPresent()
        ? domain.get().constrained() || isConstrained(domain.get().base(), schema)
        : type.dimensions() == 0 && !isKnown(type, schema);
  }

  /** Whether a column of a domain gets a volatile value where it has no default of its own. */
  static boolean hasVolatileDefault(DataType type, Schema schema) {
    return domain(type, schema)
        .map(
            d ->
                (SqlText.tokens(d.definition().sql()).contains("default")
                        && Volatility.isVolatile(d.definition(), schema))
                    || hasVolatileDefault(d.base(), schema))
        .orElse(false);
  }

  private static boolean isKnown(DataType type, Schema schema) {
    QualifiedName name = name(type);
    return type.name().startsWith("interval ")
        || DataTypes.isBuiltIn(type.name())
        || STANDARD.contains(type.name())
        || OF_EXTENSIONS.contains(name.name().text())
        || schema.enumType(name).isPresent()
        || schema.other(ObjectKind.TYPE, name).isPresent()
        || schema.knows(name);
  }

  /** Those whose names are key words, in the words of {@code format_type}. */
  private static final Set<String> STANDARD =
      Set.of(
          "integer",
          "smallint",
          "bigint",
          "numeric",
          "real",
          "double precision",
          "boolean",
          "character",
          "character varying",
          "bit",
          "bit varying",
          "interval",
          "timestamp with time zone",
          "timestamp without time zone",
          "time with time zone",
          "time without time zone");

  /** The name that the tokens begin with. */
  static QualifiedName name(List<String> tokens) {
    return tokens.size() > 2 && tokens.get(1).equals(".")
        ? QualifiedName.of(plain(tokens.get(0)), plain(tokens.get(2)))
        : QualifiedName.of(plain(tokens.get(0)));
  }

  /** The identifier that a token stands for. */
  static String plain(String token) {
    return token.startsWith("\"")
        ? token.substring(1, token.length() - 1).replace("\"\"", "\"")
        : token;
  }

  /** The name of a type that somebody made, and of any other. */
  public static QualifiedName name(DataType type) {
    int dot = type.name().indexOf('.');
    return dot > 0 && dot < type.name().length() - 1
        ? QualifiedName.of(type.name().substring(0, dot), type.name().substring(dot + 1))
        : QualifiedName.of(type.name());
  }
}
