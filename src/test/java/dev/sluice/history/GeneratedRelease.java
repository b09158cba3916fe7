package dev.sluice.history;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A schema and a release of it, made up by a seed out of the rows of "semantics", as SQL text. What
 * the server refuses is not in it.
 */
public abstract class GeneratedRelease {

  private final Random random;
  private final List<String> applied = new ArrayList<>();
  private final List<String> pending = new ArrayList<>();
  private int names;

  /**
   * @param applied the first migration
   * @param pending those of the release
   */
  public record Texts(String applied, List<String> pending) {}

  protected GeneratedRelease(long seed) {
    random = new Random(seed);
  }

  /** The same for the same seed and the same server. */
  protected final Texts texts() throws SQLException {
    beginning().forEach(this::apply);
    int tables = 3 + number(2);
    for (int i = 0; i < tables; i++) {
      apply(table());
    }
    for (int i = 0; i < 6; i++) {
      apply(addition());
    }
    apply(view());
    for (String table : tables()) {
      apply(rows(table));
    }
    changes();
    return new Texts(String.join("\n", applied), pending);
  }

  private void changes() throws SQLException {
    int migrations = 1 + number(3);
    for (int m = 0; m < migrations; m++) {
      List<String> file = new ArrayList<>();
      int statements = 1 + number(4);
      for (int tries = 0; file.size() < statements && tries < 40; tries++) {
        taken(number(3) == 0 ? addition() : change()).ifPresent(file::add);
      }
      if (!file.isEmpty()) {
        pending.add(String.join("\n", file));
      }
    }
  }

  private void apply(String sql) {
    taken(sql).ifPresent(applied::add);
  }

  /** What the first migration begins with; mostly empty. */
  protected abstract List<String> beginning();

  protected abstract String table() throws SQLException;

  protected abstract String view() throws SQLException;

  /** Three rows of a table, whose other columns need none. */
  protected abstract String rows(String table);

  /** Rows of the tables in "semantics" that add. */
  protected abstract String addition() throws SQLException;

  /** Rows of the tables in "semantics" that change what is there. */
  protected abstract String change() throws SQLException;

  /** The tables that are there now, in a fixed order. */
  protected abstract List<String> tables() throws SQLException;

  /**
   * Tries it on the server.
   *
   * @return what was done, with what it makes necessary; empty where the server refuses it
   */
  protected abstract Optional<String> taken(String sql);

  protected final int number(int below) {
    return random.nextInt(below);
  }

  protected final String fresh(String prefix) {
    return prefix + ++names;
  }

  /** A number that no row has as its key yet. */
  protected final int freshNumber() {
    return 50 + names++;
  }

  protected final String one(List<String> all) {
    return all.isEmpty() ? "nothing" : all.get(random.nextInt(all.size()));
  }
}
