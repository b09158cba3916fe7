package dev.sluice.testing;

import dev.sluice.database.Address;
import dev.sluice.database.CatalogReader;
import dev.sluice.database.Database;
import dev.sluice.database.Session;
import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.postgresql.PostgresqlDialect;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Name;
import java.util.List;

/** What is in a test's database, read as the tool reads it. */
public final class CatalogSchema {

  private CatalogSchema() {}

  /** Of MySQL or MariaDB; unqualified names are those of the test's database. */
  public static Schema of(ServerDatabase database, Dialect dialect) {
    try (Database opened = Database.open(Address.of(database.url()));
        Session session = opened.session()) {
      Schema start = Schema.empty(List.of(new Name(database.name())), dialect.conventions());
      return CatalogReader.read(session, dialect, start, List.of());
    }
  }

  public static Schema of(Postgres.Database database) {
    try (Database opened = Database.open(Address.of(database.url()));
        Session session = opened.session()) {
      Dialect dialect = new PostgresqlDialect(opened.version());
      return CatalogReader.read(session, dialect, dialect.emptySchema(), List.of());
    }
  }
}
