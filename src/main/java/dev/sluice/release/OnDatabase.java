package dev.sluice.release;

import dev.sluice.schema.Schema;

/**
 * A release judged on what a database has.
 *
 * @param replayed what the applied migrations make, to be compared with it
 * @param found what the database has
 */
public record OnDatabase(Release release, Schema replayed, Schema found) {}
