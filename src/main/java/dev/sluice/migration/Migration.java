package dev.sluice.migration;

import dev.sluice.sql.Source;
import dev.sluice.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * One migration as Flyway sees it.
 *
 * @param version empty for a repeatable one
 * @param description as Flyway stores it: underscores are spaces; may be empty
 * @param type what it is
 * @param script the name Flyway stores in its history, relative to its location
 * @param file the path as messages show it
 * @param checksum Flyway's, as stored in its history; empty for a Java migration without one
 * @param transactional the file's own {@code executeInTransaction} setting; empty where it has none
 * @param statements in file order; empty for Java and script migrations, which cannot be read
 * @param placeholders the names of the placeholders that the file uses, in order of appearance
 * @param sidecar the file of directives beside it, {@code V42__x.sql.sluice}; empty where there is
 *     none
 */
public record Migration(
    Optional<Version> version,
    String description,
    Type type,
    String script,
    String file,
    Optional<Integer> checksum,
    Optional<Boolean> transactional,
    List<Statement> statements,
    List<String> placeholders,
    Optional<Source> sidecar) {

  /** What Flyway does with it. */
  public enum Type {
    /** {@code V…__….sql} */
    VERSIONED,
    /** {@code R__….sql}: run again whenever its text changes, after all versioned ones. */
    REPEATABLE,
    /** {@code B…__….sql}: stands for all versions up to its own on a new database. */
    BASELINE,
    /** A class: Sluice sees that it is there, not what it does. */
    JAVA,
    /** A script for a shell or an interpreter: seen, not read. */
    SCRIPT
  }

  /** A migration without a file of directives beside it. */
  public Migration(
      Optional<Version> version,
      String description,
      Type type,
      String script,
      String file,
      Optional<Integer> checksum,
      Optional<Boolean> transactional,
      List<Statement> statements,
      List<String> placeholders) {
    this(
        version,
        description,
        type,
        script,
        file,
        checksum,
        transactional,
        statements,
        placeholders,
        Optional.empty());
  }

  public Migration {
    statements = List.copyOf(statements);
    placeholders = List.copyOf(placeholders);
  }

  /** {@code 42}, or for a repeatable one {@code R:description}: how plans and messages name it. */
  public String label() {
    return version.map(Version::text).orElse("R:" + description);
  }

  /** Whether Sluice knows what it does. */
  public boolean readable() {
    return type != Type.JAVA && type != Type.SCRIPT;
  }
}
