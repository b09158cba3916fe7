package dev.sluice.dialect.mysql.impact;

import dev.sluice.schema.Algorithm;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Work;

/**
 * How a server runs a whole statement at best.
 *
 * @param lock what others may do meanwhile; EXCLUSIVE where only the catalog is changed, for the
 *     moment that this takes
 */
record Way(Algorithm algorithm, LockMode lock, Work work) {}
