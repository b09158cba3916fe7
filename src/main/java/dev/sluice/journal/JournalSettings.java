package dev.sluice.journal;

/**
 * Where the journal lives.
 *
 * @param schema of its tables
 */
public record JournalSettings(String schema) {
  public static final JournalSettings DEFAULTS = new JournalSettings(Journal.SCHEMA.text());

  public JournalSettings {
    if (schema.isBlank()) {
      throw new IllegalArgumentException("the journal needs a schema, and its name is empty");
    }
  }
}
