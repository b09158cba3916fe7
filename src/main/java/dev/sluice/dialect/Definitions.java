package dev.sluice.dialect;

import dev.sluice.sql.Name;
import java.util.List;
import java.util.Optional;

/**
 * Questions to a server from whose answers the statements are made that would make what is there.
 * Set-based: as many questions for a thousand tables as for one.
 */
public interface Definitions {

  /**
   * Run first, in one transaction with the questions: they then see one state as far as the engine
   * can show one, and write nothing.
   */
  List<String> begin();

  /**
   * The questions.
   *
   * @param schemas those that migrations speak of, the default one first; an engine whose databases
   *     hold schemas answers for all of its own
   */
  List<String> questions(List<Name> schemas);

  /**
   * What is there, in an order in which one builds on the other. What belongs to an extension or to
   * the engine itself is left out.
   *
   * @param answers to each question, in the order of the questions
   * @throws dev.sluice.sql.Problem where the login must not see what it needs
   */
  List<Definition> statements(List<Name> schemas, List<List<Answer>> answers);

  /**
   * One object.
   *
   * @param sql a statement that the dialect reads, with qualified names
   * @param valid of an index, whether queries use it; empty for everything else
   */
  record Definition(String sql, Optional<Boolean> valid) {

    /** What is no index. */
    public static Definition of(String sql) {
      return new Definition(sql, Optional.empty());
    }
  }
}
