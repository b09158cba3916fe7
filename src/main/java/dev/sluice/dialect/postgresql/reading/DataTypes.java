package dev.sluice.dialect.postgresql.reading;

import static java.util.Map.entry;

import dev.sluice.schema.DataType;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Data_typeContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Interval_fieldContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Predefined_typeContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Type_lengthContext;

/** Types in the words of {@code format_type}, whatever alias they are written with. */
public final class DataTypes {

  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          entry("int2", "smallint"),
          entry("int4", "integer"),
          entry("int8", "bigint"),
          entry("float4", "real"),
          entry("float8", "double precision"),
          entry("bool", "boolean"),
          entry("varchar", "character varying"),
          entry("varbit", "bit varying"),
          entry("timetz", "time with time zone"),
          entry("timestamptz", "timestamp with time zone"),
          entry("int", "integer"),
          entry("decimal", "numeric"),
          entry("char", "character"),
          entry("float", "double precision"),
          entry("bit", "bit"),
          entry("interval", "interval"),
          entry("double", "double precision"),
          entry("time", "time without time zone"),
          entry("timestamp", "timestamp without time zone"));

  private static final Map<String, String> SERIALS =
      Map.of(
          "smallserial", "smallint",
          "serial2", "smallint",
          "serial", "integer",
          "serial4", "integer",
          "bigserial", "bigint",
          "serial8", "bigint");

  private static final Set<String> BUILT_IN =
      Set.of(
          "text",
          "json",
          "jsonb",
          "jsonpath",
          "xml",
          "uuid",
          "bytea",
          "date",
          "money",
          "inet",
          "cidr",
          "macaddr",
          "macaddr8",
          "point",
          "line",
          "lseg",
          "box",
          "path",
          "polygon",
          "circle",
          "tsvector",
          "tsquery",
          "name",
          "oid",
          "xid",
          "xid8",
          "cid",
          "tid",
          "bpchar",
          "record",
          "void",
          "trigger",
          "event_trigger",
          "any",
          "anyelement",
          "anyarray",
          "anynonarray",
          "anyenum",
          "anyrange",
          "anycompatible",
          "anycompatiblearray",
          "anycompatiblenonarray",
          "anycompatiblerange",
          "anymultirange",
          "internal",
          "cstring",
          "language_handler",
          "fdw_handler",
          "index_am_handler",
          "table_am_handler",
          "tsm_handler",
          "pg_ddl_command",
          "unknown",
          "refcursor",
          "pg_lsn",
          "pg_snapshot",
          "txid_snapshot",
          "int4range",
          "int8range",
          "numrange",
          "tsrange",
          "tstzrange",
          "daterange",
          "int4multirange",
          "int8multirange",
          "nummultirange",
          "tsmultirange",
          "tstzmultirange",
          "datemultirange",
          "regclass",
          "regcollation",
          "regconfig",
          "regdictionary",
          "regnamespace",
          "regoper",
          "regoperator",
          "regproc",
          "regprocedure",
          "regrole",
          "regtype",
          "aclitem",
          "int2vector",
          "oidvector",
          "\"char\"");

  private final Words words;

  DataTypes(Words words) {
    this.words = words;
  }

  /** {@code serial} is its integer type; see {@link #isSerial}. */
  DataType read(Data_typeContext type) {
    Predefined_typeContext base = type.predefined_type();
    int dimensions = type.ARRAY() == null ? type.array_type().size() : 1;
    Plain plain = plain(base);
    String integer = SERIALS.get(plain.name);
    return integer == null
        ? new DataType(plain.name, plain.arguments, dimensions, written(type))
        : new DataType(integer, List.of(), dimensions, integer);
  }

  /** Whether it stands for an integer, a sequence and NOT NULL. */
  boolean isSerial(Data_typeContext type) {
    return SERIALS.containsKey(plain(type.predefined_type()).name);
  }

  /** The type's own name where it is not built in. */
  static Optional<QualifiedName> user(Words words, Data_typeContext type) {
    if (type.predefined_type().schema_qualified_name_nontype() == null) {
      return Optional.empty();
    }
    Plain plain = new DataTypes(words).plain(type.predefined_type());
    return isBuiltIn(plain.name)
        ? Optional.empty()
        : Optional.of(words.qualified(type.predefined_type().schema_qualified_name_nontype()));
  }

  /** Whether the server brings it along, under that name or by one of its aliases. */
  public static boolean isBuiltIn(String name) {
    return ALIASES.containsKey(name)
        || ALIASES.containsValue(name)
        || SERIALS.containsKey(name)
        || BUILT_IN.contains(name);
  }

  private String written(Data_typeContext type) {
    return type.SETOF() == null ? words.of(type) : words.from(type.predefined_type(), type);
  }

  private record Plain(String name, List<String> arguments) {}

  private Plain plain(Predefined_typeContext type) {
    if (type.schema_qualified_name_nontype() != null) {
      return named(type);
    }
    if (type.CHARACTER() != null || type.CHAR() != null || type.NCHAR() != null) {
      return type.VARYING() == null
          ? new Plain("character", length(type.type_length(), List.of("1")))
          : new Plain("character varying", length(type.type_length(), List.of()));
    }
    if (type.VARCHAR() != null) {
      return new Plain("character varying", length(type.type_length(), List.of()));
    }
    if (type.BIT() != null) {
      return type.VARYING() == null
          ? new Plain("bit", length(type.type_length(), List.of("1")))
          : new Plain("bit varying", length(type.type_length(), List.of()));
    }
    if (type.TIMESTAMP() != null || (!type.TIME().isEmpty() && type.INTERVAL() == null)) {
      String kind = type.TIMESTAMP() != null ? "timestamp" : "time";
      String zone = type.WITH() != null ? " with time zone" : " without time zone";
      return new Plain(kind + zone, length(type.type_length(), List.of()));
    }
    if (type.INTERVAL() != null) {
      return interval(type);
    }
    if (type.NUMERIC() != null || type.DECIMAL() != null || type.DEC() != null) {
      List<String> precision = precision(type);
      return new Plain(
          "numeric", precision.size() == 1 ? List.of(precision.get(0), "0") : precision);
    }
    if (type.FLOAT() != null) {
      List<String> bits = precision(type);
      boolean small =
          !bits.isEmpty() && bits.get(0).length() <= 2 && Integer.parseInt(bits.get(0)) <= 24;
      return new Plain(small ? "real" : "double precision", List.of());
    }
    if (type.INT() != null || type.INTEGER() != null) {
      return new Plain("integer", List.of());
    }
    if (type.DOUBLE() != null) {
      return new Plain("double precision", List.of());
    }
    return new Plain(Identifiers.name(words.of(type)).text(), List.of());
  }

  private Plain interval(Predefined_typeContext type) {
    Interval_fieldContext fields = type.interval_field();
    if (fields == null) {
      return new Plain("interval", length(type.type_length(), List.of()));
    }
    List<String> seconds = length(fields.type_length(), List.of());
    String name = Identifiers.name(words.of(fields).replaceAll("\\(.*", "").strip()).text();
    return new Plain("interval " + name.replaceAll("\\s+", " "), seconds);
  }

  private Plain named(Predefined_typeContext type) {
    QualifiedName name = words.qualified(type.schema_qualified_name_nontype());
    List<String> arguments = type.vex().stream().map(words::of).toList();
    boolean catalog = name.schema().map(s -> s.text().equals("pg_catalog")).orElse(true);
    String plain = name.name().text();
    if (!catalog) {
      return new Plain(name.toString(), arguments);
    }
    if (plain.equals("char")) {
      // Only the quoted word can come here: PostgreSQL's one-byte type.
      return new Plain("\"char\"", arguments);
    }
    if (plain.equals("bpchar") && !arguments.isEmpty()) {
      return new Plain("character", arguments);
    }
    return new Plain(ALIASES.getOrDefault(plain, plain), arguments);
  }

  private List<String> length(Type_lengthContext length, List<String> otherwise) {
    return length == null ? otherwise : List.of(words.of(length.iconst()));
  }

  private List<String> precision(Predefined_typeContext type) {
    if (type.precision_param() == null) {
      return List.of();
    }
    return type.precision_param().iconst().stream().map(words::of).toList();
  }
}
