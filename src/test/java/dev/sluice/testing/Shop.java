package dev.sluice.testing;

import dev.sluice.rehearse.workload.Client;
import dev.sluice.rehearse.workload.Workload;
import dev.sluice.rehearse.workload.WorkloadReader;
import dev.sluice.sql.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;

/** The story of {@code migrations-sample/}, on a real PostgreSQL. */
public final class Shop {

  /** The migrations, as Flyway's location. */
  public static final Path MIGRATIONS = Path.of("migrations-sample/postgresql");

  /** The last version that is applied; what follows is the pending release. */
  public static final int APPLIED = 12;

  private static final Path WORKLOADS = MIGRATIONS.resolve("workload");

  private Shop() {}

  /** The shop as the old version knows it: versions 1 to 12 and the repeatable of that day. */
  public static void apply(Postgres.Database database) {
    List<Path> copies = new ArrayList<>();
    try {
      Path folder = Files.createTempDirectory("shop");
      for (Path migration : migrations()) {
        if (version(migration) > 0 && version(migration) <= APPLIED) {
          copies.add(Files.copy(migration, folder.resolve(migration.getFileName())));
        }
      }
      copies.add(
          Files.copy(
              MIGRATIONS.resolve("before/best_sellers.sql"),
              folder.resolve("R__best_sellers.sql")));
      flyway(database, folder).migrate();
      copies.add(folder);
      for (Path copy : copies) {
        Files.delete(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Rows for every table of the applied schema; {@code rows} customers and as many orders. */
  public static void fill(Postgres.Database database, long rows) throws SQLException {
    try (Connection connection = database.connect()) {
      new Client(1, rows).sendAll(connection, workload("fill.sql"));
    }
  }

  /** Plain Flyway over the whole folder: the pending release as written, or all of it. */
  public static Flyway flyway(Postgres.Database database) {
    return flyway(database, MIGRATIONS);
  }

  /** What the old application version sends. */
  public static Workload oldVersion() {
    return workload("old.sql");
  }

  /** What the new application version sends. */
  public static Workload newVersion() {
    return workload("new.sql");
  }

  private static Flyway flyway(Postgres.Database database, Path folder) {
    return Flyway.configure()
        .dataSource(database.dataSource())
        .locations("filesystem:" + folder)
        .load();
  }

  private static Workload workload(String file) {
    Path path = WORKLOADS.resolve(file);
    try {
      return WorkloadReader.read(new Source(path.toString(), Files.readString(path)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> migrations() throws IOException {
    try (Stream<Path> files = Files.list(MIGRATIONS)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** 0 for a repeatable migration. */
  private static int version(Path migration) {
    String name = migration.getFileName().toString();
    return name.startsWith("V") ? Integer.parseInt(name.substring(1, name.indexOf("__"))) : 0;
  }
}
