package dev.sluice.dialect.postgresql.writing;

import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Identifiers and literals as SQL text. */
public final class Quoting {

  /** Names are cut at this many bytes of UTF-8 (manual, "Identifiers and Key Words"). */
  private static final int LONGEST_NAME = 63;

  private static final int HASH_DIGITS = 8;

  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

  /**
   * The key words that {@code quote_ident} quotes: all that {@code pg_get_keywords()} does not call
   * unreserved, on any of PostgreSQL 12 to 18. A word that one version alone reserves is quoted for
   * all: quoting too much is harmless.
   */
  private static final Set<String> KEYWORDS =
      Set.of(
          """
          all analyse analyze and any array as asc asymmetric authorization between bigint binary
          bit boolean both case cast char character check coalesce collate collation column
          concurrently constraint create cross current_catalog current_date current_role
          current_schema current_time current_timestamp current_user dec decimal default deferrable
          desc distinct do else end except exists extract false fetch float for foreign freeze from
          full grant greatest group grouping having ilike in initially inner inout int integer
          intersect interval into is isnull join json json_array json_arrayagg json_exists
          json_object json_objectagg json_query json_scalar json_serialize json_table json_value
          lateral leading least left like limit localtime localtimestamp merge_action national
          natural nchar none normalize not notnull null nullif numeric offset on only or order out
          outer overlaps overlay placing position precision primary real references returning right
          row select session_user setof similar smallint some substring symmetric system_user table
          tablesample then time timestamp to trailing treat trim true union unique user using values
          varchar variadic verbose when where window with xmlattributes xmlconcat xmlelement
          xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable
          """
              .split("\\s+"));

  private Quoting() {}

  /** Quoted only where the plain word would mean something else, as {@code quote_ident} does. */
  public static String quote(Name name) {
    String text = name.text();
    return PLAIN.matcher(text).matches() && !KEYWORDS.contains(text)
        ? text
        : '"' + text.replace("\"", "\"\"") + '"';
  }

  public static String quote(QualifiedName name) {
    return name.schema().map(s -> quote(s) + ".").orElse("") + quote(name.name());
  }

  /** {@code (a, b)}. */
  static String columns(List<Name> names) {
    return names.stream().map(Quoting::quote).collect(Collectors.joining(", ", "(", ")"));
  }

  static String tables(List<QualifiedName> names) {
    return names.stream().map(Quoting::quote).collect(Collectors.joining(", "));
  }

  /**
   * A string literal that means the same whatever {@code standard_conforming_strings} says: a
   * backslash makes it an escape string.
   */
  public static String literal(String text) {
    String doubled = text.replace("'", "''");
    return doubled.indexOf('\\') < 0
        ? "'" + doubled + "'"
        : "E'" + doubled.replace("\\", "\\\\") + "'";
  }

  /** A string constant between dollar signs, with a tag that does not occur in {@code body}. */
  static String dollarQuoted(String body) {
    String tag = "$sluice$";
    for (int i = 1; body.contains(tag); i++) {
      tag = "$sluice" + i + "$";
    }
    return tag + body + tag;
  }

  static Name fit(String name) {
    if (bytes(name) <= LONGEST_NAME) {
      return new Name(name);
    }
    String suffix = "_" + hash(name);
    StringBuilder start = new StringBuilder();
    int room = LONGEST_NAME - suffix.length();
    for (int at = 0; at < name.length(); ) {
      String character = Character.toString(name.codePointAt(at));
      room -= bytes(character);
      if (room < 0) {
        break;
      }
      start.append(character);
      at += character.length();
    }
    return new Name(start + suffix);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
