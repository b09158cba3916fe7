package dev.sluice.dialect.mysql.writing;

import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Identifiers and literals of MySQL and MariaDB. */
public final class Quoting {

  /** Longest name in characters (manual, "Identifier Length Limits"). */
  private static final int LONGEST = 64;

  private static final int HASH = 9;

  /**
   * Stands for the database of the connection, whose name no file needs to say: it is never
   * written.
   */
  public static final Name OWN_DATABASE = new Name("database");

  private Quoting() {}

  /** Always between backticks: which words are reserved differs by engine and version. */
  public static String quote(Name name) {
    return "`" + name.text().replace("`", "``") + "`";
  }

  public static String quote(QualifiedName name) {
    return schema(name) + quote(name.name());
  }

  /** What stands in front of what lives in the same database; empty string for the own one. */
  static String schema(QualifiedName name) {
    return name.schema().filter(s -> !s.equals(OWN_DATABASE)).map(s -> quote(s) + ".").orElse("");
  }

  static String names(List<Name> names) {
    return names.stream().map(Quoting::quote).collect(Collectors.joining(", "));
  }

  static String tables(List<QualifiedName> names) {
    return names.stream().map(Quoting::quote).collect(Collectors.joining(", "));
  }

  /** A string literal that means the same with backslash escapes and without them. */
  public static String literal(String text) {
    return text.indexOf('\\') < 0
        ? "'" + text.replace("'", "''") + "'"
        : "CONVERT(0x"
            + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8))
            + " USING utf8mb4)";
  }

  /** Where only a literal may stand: COMMENT and the values of an enum. */
  public static String plainLiteral(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  static Name fit(String name) {
    return name.codePointCount(0, name.length()) <= LONGEST
        ? new Name(name)
        : new Name(
            name.substring(0, name.offsetByCodePoints(0, LONGEST - HASH)) + "_" + hash(name));
  }

  private static String hash(String name) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, (HASH - 1) / 2);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
