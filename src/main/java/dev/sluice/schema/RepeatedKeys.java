package dev.sluice.schema;

import dev.sluice.sql.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The same key said twice in one statement ({@code UNIQUE PRIMARY KEY}): PostgreSQL keeps the first
 * of them, under the first name that is given (transformIndexConstraints in parse_utilcmd.c).
 */
final class RepeatedKeys {
  private RepeatedKeys() {}

  /**
   * The constraints without repeated keys.
   *
   * @param written with a primary key before all others
   */
  static List<Constraint> once(List<Constraint> written, Conventions conventions) {
    List<Constraint> kept = new ArrayList<>();
    for (Constraint constraint : written) {
      Optional<Integer> first =
          conventions.keepsRepeatedKeys() ? Optional.empty() : first(kept, constraint);
      if (first.isEmpty()) {
        kept.add(constraint);
      } else {
        kept.set(first.get(), nameOf(kept.get(first.get()), constraint.name()));
      }
    }
    return kept;
  }

  private static Constraint nameOf(Constraint first, Optional<Name> again) {
    return first.name().isPresent() ? first : again.map(first::named).orElse(first);
  }

  private static Optional<Integer> first(List<Constraint> kept, Constraint constraint) {
    for (int i = 0; i < kept.size(); i++) {
      if (isSameKey(kept.get(i), constraint)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  private static boolean isSameKey(Constraint first, Constraint again) {
    return again instanceof Constraint.Unique unique
        && unique.usingIndex().isEmpty()
        && switch (first) {
          case Constraint.PrimaryKey key ->
              key.usingIndex().isEmpty()
                  && key.columns().equals(unique.columns())
                  && unique.nullsDistinct()
                  && key.timing() == unique.timing()
                  && carrySame(key.storage(), unique.storage());
          case Constraint.Unique key ->
              key.usingIndex().isEmpty()
                  && key.columns().equals(unique.columns())
                  && key.nullsDistinct() == unique.nullsDistinct()
                  && key.timing() == unique.timing()
                  && carrySame(key.storage(), unique.storage());
          case Constraint.ForeignKey ignored -> false;
          case Constraint.Check ignored -> false;
          case Constraint.Exclude ignored -> false;
          case Constraint.NotNull ignored -> false;
        };
  }

  /** INCLUDE tells keys apart, the other options of an index do not. */
  private static boolean carrySame(String storage, String other) {
    return storage.equals(other) || (!includes(storage) && !includes(other));
  }

  private static boolean includes(String storage) {
    return storage.toLowerCase(Locale.ROOT).startsWith("include");
  }
}
