package dev.sluice.release;

import dev.sluice.dialect.Reading.ParsedBy;
import dev.sluice.dialect.Refusal;
import dev.sluice.dialect.Stated;
import dev.sluice.migration.Migration;
import dev.sluice.schema.Change;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Statement;
import java.util.Optional;

/**
 * A change where it stands in a release, before it is judged.
 *
 * @param refusal of its whole statement; mostly empty
 */
record Placed(
    Migration migration,
    Statement statement,
    int clause,
    Change change,
    ParsedBy parsedBy,
    Stated stated,
    Optional<Refusal> refusal,
    Schema before,
    Schema after,
    Effects effects) {}
