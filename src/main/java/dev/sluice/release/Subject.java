package dev.sluice.release;

import dev.sluice.dialect.Reading.ParsedBy;
import dev.sluice.dialect.Refusal;
import dev.sluice.dialect.Stated;
import dev.sluice.migration.Migration;
import dev.sluice.schema.Change;
import dev.sluice.schema.Impact;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * One change where it stands, with all that is known of it.
 *
 * @param clause which of the statement's changes, from 0
 * @param stated how the whole statement is to be run, by its own words: all subjects of one
 *     statement share it
 * @param before the schema right before it
 * @param impact on those who use the database, as written; nothing is locked on what this release
 *     itself makes
 * @param phase where its kind puts it, or a directive; a rename or replacement starts in
 *     pre-deploy. Empty where nobody can tell, and for what only accompanies other statements
 * @param breaksOld statements of the old version fail after it
 * @param neededByNew the new version needs it when it starts
 * @param reasons why, one sentence each; the first is the main one
 * @param refusal why the server refuses its statement; mostly empty
 */
public record Subject(
    Migration migration,
    Statement statement,
    int clause,
    Change change,
    ParsedBy parsedBy,
    Stated stated,
    Schema before,
    Impact impact,
    Kind kind,
    Optional<Phase> phase,
    boolean breaksOld,
    boolean neededByNew,
    List<String> reasons,
    Effects effects,
    Optional<Refusal> refusal) {

  public Subject {
    reasons = List.copyOf(reasons);
  }

  /** What it is about, as the catalog would name it: {@code orders.reference}. */
  public String object() {
    return Objects.of(change, before);
  }
}
