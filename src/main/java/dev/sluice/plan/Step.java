package dev.sluice.plan;

import dev.sluice.release.Kind;
import dev.sluice.release.Phase;
import dev.sluice.schema.Impact;
import dev.sluice.schema.LockMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One step of a plan: all that is needed to run it, to know that it ran, and to take it back.
 *
 * @param id {@code 42.1}: the migration, and a number that counts within it
 * @param title a few words for progress and reports: {@code add orders.reference}
 * @param session settings that its statements run under
 * @param dependsOn ids of earlier steps that it needs
 * @param origin where it comes from; empty for the roll-out itself
 * @param why one sentence for who reads the plan
 * @param conditions asked right before it: one that does not hold stops the plan
 * @param doneWhen tells after a crash whether it was done; empty where only the journal can (then
 *     it is harmless to repeat)
 * @param undo statements that take it back, in order; empty where there is nothing to take back
 */
public record Step(
    String id,
    Phase phase,
    Kind kind,
    String title,
    Action action,
    Session session,
    List<String> dependsOn,
    Optional<Origin> origin,
    String why,
    Impact impact,
    Window window,
    Optional<Estimate> estimate,
    List<Condition> conditions,
    Optional<Condition> doneWhen,
    List<String> undo,
    Reversible reversible) {

  public Step {
    dependsOn = List.copyOf(dependsOn);
    conditions = List.copyOf(conditions);
    undo = List.copyOf(undo);
  }

  /**
   * Whether it changes rows, or what nobody can read, by statements that nothing takes back and
   * nobody can ask for: {@code SET price = price * 2}. After an abort the journal is all that keeps
   * them from being sent twice.
   */
  public boolean remembered() {
    return action instanceof Action.Ddl ddl
        && ddl.transactional()
        && undo.isEmpty()
        && doneWhen.isEmpty()
        && reversible == Reversible.UNTIL_WRITTEN
        && (impact.equals(Impact.UNKNOWN)
            || impact.locks().stream().anyMatch(l -> isOfRows(l.mode())));
  }

  /** On MySQL and MariaDB nothing else runs in a transaction. */
  private static boolean isOfRows(LockMode mode) {
    return switch (mode) {
      case ROW_EXCLUSIVE, MYSQL_NONE, MYSQL_SHARED, MYSQL_EXCLUSIVE -> true;
      case ACCESS_SHARE,
          ROW_SHARE,
          SHARE_UPDATE_EXCLUSIVE,
          SHARE,
          SHARE_ROW_EXCLUSIVE,
          EXCLUSIVE,
          ACCESS_EXCLUSIVE ->
          false;
    };
  }

  /**
   * Settings of a session, as the migration's own SET statements left them.
   *
   * @param searchPath as written behind SET search_path TO; empty for the connection's own
   * @param role empty for the connection's own
   * @param parameters further SET statements, in order, as written; may be empty
   */
  public record Session(
      Optional<String> searchPath, Optional<String> role, List<String> parameters) {
    /** The connection's own. */
    public static final Session PLAIN = new Session(Optional.empty(), Optional.empty(), List.of());

    public Session {
      parameters = List.copyOf(parameters);
    }

    /** All of it as statements, in the order in which they are sent; may be empty. */
    public List<String> statements() {
      List<String> all = new ArrayList<>();
      role.ifPresent(name -> all.add("SET ROLE " + name));
      searchPath.ifPresent(path -> all.add("SET search_path TO " + path));
      all.addAll(parameters);
      return all;
    }

    /** With further SET statements behind its own. */
    Session with(List<String> more) {
      List<String> all = new ArrayList<>(parameters);
      all.addAll(more);
      return new Session(searchPath, role, all);
    }
  }

  /** A statement of a file. {@code sql} with placeholders as written. */
  public record Origin(String file, int line, int column, String sql) {}

  /**
   * @param rows that it touches
   * @param bytes of the largest table that it touches, with indexes
   * @param millis that its strongest lock is held, or that it runs where it holds none
   */
  public record Estimate(long rows, long bytes, long millis) {}
}
