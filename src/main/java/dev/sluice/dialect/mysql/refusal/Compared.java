package dev.sluice.dialect.mysql.refusal;

import dev.sluice.dialect.mysql.impact.Text;
import dev.sluice.dialect.mysql.impact.Types;
import dev.sluice.schema.Column;
import dev.sluice.schema.Table;
import java.util.Optional;
import java.util.Set;

/** The columns at the two ends of a foreign key (manuals, "FOREIGN KEY Constraints"). */
final class Compared {

  private static final Set<String> NO_INTEGERS =
      Set.of(
          "decimal",
          "float",
          "double",
          "datetime",
          "timestamp",
          "binary",
          "varbinary",
          "uuid",
          "inet6");

  private Compared() {}

  /** Why InnoDB compares no value of the one with one of the other; empty where it may. */
  static Optional<String> difference(Column child, Table of, Column parent, Table pointedAt) {
    boolean integer = Types.integerRank(child.type()) >= 0;
    boolean string = isText(child);
    boolean parentInteger = Types.integerRank(parent.type()) >= 0;
    boolean parentString = isText(parent);
    boolean otherKind =
        (integer && (parentString || isNoInteger(parent)))
            || (parentInteger && (string || isNoInteger(child)));
    boolean otherInteger =
        integer
            && parentInteger
            && (Types.integerRank(child.type()) != Types.integerRank(parent.type())
                || Types.isUnsigned(child.type()) != Types.isUnsigned(parent.type()));
    if (otherKind || otherInteger) {
      return Optional.of(
          child.name()
              + " is "
              + child.type().text()
              + " and "
              + parent.name()
              + " is "
              + parent.type().text());
    }
    if (!string || !parentString) {
      return Optional.empty();
    }
    return difference(Text.of(child, of.properties()), Text.of(parent, pointedAt.properties()));
  }

  private static boolean isText(Column column) {
    return Types.isString(column.type()) && !Types.isList(column.type());
  }

  private static boolean isNoInteger(Column column) {
    return NO_INTEGERS.contains(Types.base(column.type()));
  }

  /** As far as both are said: what they have from their database nobody knows here. */
  private static Optional<String> difference(Text one, Text other) {
    boolean charsets = one.charset().isPresent() && other.charset().isPresent();
    if (charsets && !one.sameCharset(other)) {
      return Optional.of(
          "one is in " + one.charset().get() + " and the other in " + other.charset().get());
    }
    return charsets && sortOtherwise(one, other)
        ? Optional.of("one compares by " + collation(one) + " and the other by " + collation(other))
        : Optional.empty();
  }

  /**
   * Whether two of one character set surely have different collations. Its own, which nobody has to
   * say, is never the binary one.
   */
  static boolean sortOtherwise(Text one, Text other) {
    boolean both = one.collation().isPresent() && other.collation().isPresent();
    return both ? !one.sameCollation(other) : isBinary(one) != isBinary(other);
  }

  private static boolean isBinary(Text text) {
    return text.collation().map(c -> c.endsWith("_bin")).orElse(false);
  }

  private static String collation(Text text) {
    return text.collation().orElse("the character set's own collation");
  }
}
