package dev.sluice.dialect.mysql.reading;

import dev.sluice.dialect.Refusal;
import dev.sluice.dialect.Stated;
import dev.sluice.schema.Algorithm;
import dev.sluice.schema.LockMode;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes up what a statement says of how it is to be run. */
final class Manner {

  private Optional<Algorithm> algorithm = Optional.empty();
  private Optional<LockMode> lock = Optional.empty();
  private Optional<Integer> waitSeconds = Optional.empty();

  private Optional<QualifiedName> onlyIfThere = Optional.empty();
  private final Set<Syntax> used = EnumSet.noneOf(Syntax.class);
  private final List<String> reserved = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();

  Stated stated() {
    return new Stated(algorithm, lock, waitSeconds);
  }

  /** The table of ALTER TABLE IF EXISTS; empty for every other statement. */
  Optional<QualifiedName> onlyIfThere() {
    return onlyIfThere;
  }

  void onlyIfThere(QualifiedName table) {
    onlyIfThere = Optional.of(table);
  }

  /** Why the server does not understand all of the statement; empty where it does. */
  Optional<Refusal> refusal(Target target) {
    return used.stream()
        .flatMap(s -> s.refusal(target).stream())
        .findFirst()
        .or(
            () ->
                reserved.stream()
                    .flatMap(name -> ReservedWords.refusal(name, target).stream())
                    .findFirst())
        .or(() -> refusals.stream().findFirst().map(Refusal::new));
  }

  /** Takes up why any server refuses the statement. */
  void refused(List<String> reasons) {
    refusals.addAll(reasons);
  }

  /** Takes up bare words that were read as names, and that a server keeps for itself. */
  void names(List<String> words) {
    reserved.addAll(words);
  }

  /** Takes up what the statement says that not every server understands. */
  void uses(Set<Syntax> syntax) {
    used.addAll(syntax);
  }

  /** WAIT n or NOWAIT, if it stands here. */
  boolean waiting(Cursor cursor) {
    if (cursor.uses(Syntax.WAIT, cursor.accept("NOWAIT"))) {
      waitSeconds = Optional.of(0);
      return true;
    }
    if (cursor.is("WAIT") && cursor.ahead(1).kind() == Token.Kind.NUMBER) {
      cursor.next();
      cursor.uses(Syntax.WAIT, true);
      waitSeconds = Optional.of(Integer.valueOf(cursor.number()));
      return true;
    }
    return false;
  }

  /** ALGORITHM or LOCK, if one stands here. */
  boolean clause(Cursor cursor) {
    if (cursor.accept("ALGORITHM")) {
      cursor.accept("=");
      algorithm =
          switch (cursor.next().word()) {
            case "INSTANT" -> Optional.of(Algorithm.INSTANT);
            case "NOCOPY" -> {
              cursor.uses(Syntax.NOCOPY, true);
              yield Optional.of(Algorithm.NOCOPY);
            }
            case "INPLACE" -> Optional.of(Algorithm.INPLACE);
            case "COPY" -> Optional.of(Algorithm.COPY);
            case "DEFAULT" -> Optional.empty();
            default -> throw cursor.unexpected();
          };
      return true;
    }
    if (cursor.is("LOCK")) {
      cursor.next();
      cursor.accept("=");
      lock =
          switch (cursor.next().word()) {
            case "NONE" -> Optional.of(LockMode.MYSQL_NONE);
            case "SHARED" -> Optional.of(LockMode.MYSQL_SHARED);
            case "EXCLUSIVE" -> Optional.of(LockMode.MYSQL_EXCLUSIVE);
            case "DEFAULT" -> Optional.empty();
            default -> throw cursor.unexpected();
          };
      return true;
    }
    return false;
  }

  /** All that stands here. */
  void all(Cursor cursor) {
    while (waiting(cursor) || clause(cursor)) {
      cursor.accept(",");
    }
  }
}
