package dev.sluice.testing;

import dev.sluice.database.Address;
import dev.sluice.database.CatalogReader;
import dev.sluice.database.Database;
import dev.sluice.database.Session;
import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.postgresql.PostgresqlDialect;
import dev.sluice.schema.Schema;

/** What is in a test's database, read as the tool reads it. */
public final class CatalogSchema {

  private CatalogSchema() {}

  public static Schema of(Postgres.Database database) {
    try (Database opened = Database.open(Address.of(database.url()));
        Session session = opened.session()) {
      Dialect dialect = new PostgresqlDialect(opened.version());
      return CatalogReader.read(session, dialect, dialect.emptySchema());
    }
  }
}
