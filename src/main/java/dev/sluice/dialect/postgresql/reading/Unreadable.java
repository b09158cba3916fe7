package dev.sluice.dialect.postgresql.reading;

import dev.sluice.schema.Change;
import dev.sluice.sql.Location;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Thrown where reading must stop, because going on would be guessing. Never leaves the package: it
 * becomes {@code Unrecognised}.
 */
final class Unreadable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Where in the text that was read; none where it is no matter of a place. */
  private final transient @Nullable Location at;

  Unreadable(String reason) {
    this(reason, null);
  }

  private Unreadable(String reason, @Nullable Location at) {
    super(reason, null, false, false);
    this.at = at;
  }

  /** At a place of the text that was read. */
  static Unreadable at(Location at, String reason) {
    return new Unreadable(reason, at);
  }

  /** Why, as a clause that begins in lower case, with its place in a text inside a statement. */
  String reason() {
    return getMessage() + (at == null ? "" : " (" + at + ")");
  }

  /** The same of a whole statement: where that stands in its file, others know. */
  Change.Unrecognised unrecognised() {
    return new Change.Unrecognised(String.valueOf(getMessage()), Optional.ofNullable(at));
  }
}
