package dev.sluice.schema;

import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.Optional;

/**
 * A trigger.
 *
 * @param timing as written between the name and ON: {@code BEFORE INSERT OR UPDATE OF a}
 * @param function what it calls; empty where the body stands in the trigger (MySQL, MariaDB)
 * @param definition what follows the table, as written, with what it reads and writes
 * @param constraint whether it is a CONSTRAINT TRIGGER
 */
public record Trigger(
    Name name,
    QualifiedName table,
    String timing,
    Optional<QualifiedName> function,
    Fragment definition,
    boolean constraint) {}
