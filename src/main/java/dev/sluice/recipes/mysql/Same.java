package dev.sluice.recipes.mysql;

import dev.sluice.dialect.TypeChange;
import dev.sluice.plan.Situation;
import dev.sluice.schema.Column;
import dev.sluice.schema.Fragment;
import java.util.Locale;
import java.util.Optional;

/** Whether two definitions of a column say the same, or the other one more. */
final class Same {

  private Same() {}

  /** But for the name. */
  static boolean but(Situation at, Column one, Column other) {
    return at.dialect().sameType(one.type(), other.type())
        && one.nullable() == other.nullable()
        && sameDefault(at, one, other)
        && one.generated().equals(other.generated())
        && one.identity().equals(other.identity())
        && one.collation().equals(other.collation())
        && lower(one.attributes().onUpdate()).equals(lower(other.attributes().onUpdate()))
        && one.attributes().charset().equals(other.attributes().charset())
        && one.attributes().invisible() == other.attributes().invisible()
        && one.attributes().comment().equals(other.attributes().comment());
  }

  /**
   * Whether the other takes all that the one takes, and gives what it gives where nothing is said
   * but for another default: nothing that the old version writes is refused.
   */
  static boolean orMore(Situation at, Column one, Column other) {
    TypeChange type = at.dialect().typeChange(one, other.type(), at.schema());
    boolean keepsDefault =
        one.defaultValue().filter(f -> !isNull(f)).isEmpty()
            || other.defaultValue().filter(f -> !isNull(f)).isPresent();
    return (type == TypeChange.SAME || type == TypeChange.WIDENING)
        && (other.nullable() || !one.nullable())
        && keepsDefault
        && one.generated().equals(other.generated())
        && one.identity().equals(other.identity())
        && one.collation().equals(other.collation())
        && lower(one.attributes().onUpdate()).equals(lower(other.attributes().onUpdate()))
        && one.attributes().charset().equals(other.attributes().charset())
        && one.attributes().invisible() == other.attributes().invisible();
  }

  /**
   * Whether the other takes less: fewer values, each of which the one gives back alike, or no NULL.
   * Who writes by the other one's rules can write to the one.
   */
  static boolean orLess(Situation at, Column one, Column other) {
    TypeChange type = at.dialect().typeChange(one, other.type(), at.schema());
    boolean fewer = type == TypeChange.SAME || Unfit.values(at, one, other).isPresent();
    return fewer
        && (one.nullable() || !other.nullable())
        && but(at, one, other.withType(one.type(), other.collation()).withNullable(one.nullable()));
  }

  static boolean sameDefault(Situation at, Column one, Column other) {
    Optional<Fragment> first = one.defaultValue().filter(f -> !isNull(f));
    Optional<Fragment> second = other.defaultValue().filter(f -> !isNull(f));
    return first.isPresent() == second.isPresent()
        && first.flatMap(f -> second.map(s -> at.dialect().sameExpression(f, s))).orElse(true);
  }

  private static boolean isNull(Fragment value) {
    return value.sql().strip().equalsIgnoreCase("null");
  }

  private static Optional<String> lower(Optional<String> text) {
    return text.map(t -> t.toLowerCase(Locale.ROOT));
  }
}
