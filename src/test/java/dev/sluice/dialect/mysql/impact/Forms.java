package dev.sluice.dialect.mysql.impact;

import dev.sluice.dialect.Stated;
import dev.sluice.schema.Algorithm;
import dev.sluice.schema.LockMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ways in which a statement can be asked to run. */
public final class Forms {

  private Forms() {}

  /**
   * Those that let writers go on stand in front of those that do not.
   *
   * @param algorithms best first
   */
  public static List<Stated> betterFirst(List<Algorithm> algorithms) {
    List<Stated> forms = new ArrayList<>();
    for (LockMode lock : List.of(LockMode.MYSQL_NONE, LockMode.MYSQL_SHARED)) {
      for (Algorithm algorithm : algorithms) {
        boolean instant = algorithm == Algorithm.INSTANT;
        if (!instant || lock == LockMode.MYSQL_NONE) {
          forms.add(
              new Stated(
                  Optional.of(algorithm),
                  instant ? Optional.empty() : Optional.of(lock),
                  Optional.empty()));
        }
      }
    }
    return forms;
  }
}
