package dev.sluice.release;

import dev.sluice.dialect.Reading.ParsedBy;
import dev.sluice.dialect.Stated;
import dev.sluice.migration.Migration;
import dev.sluice.schema.Change;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Statement;

/** A change where it stands in a release, before it is judged. */
record Placed(
    Migration migration,
    Statement statement,
    int clause,
    Change change,
    ParsedBy parsedBy,
    Stated stated,
    Schema before,
    Schema after,
    Effects effects) {}
