package dev.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.Reading;
import dev.sluice.dialect.mysql.MysqlDialect;
import dev.sluice.dialect.postgresql.PostgresqlDialect;
import dev.sluice.sql.Name;
import dev.sluice.sql.Statement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShapeTest {

  private static final Path STATEMENTS = Path.of("src/test/resources/statements");

  @ParameterizedTest
  @EnumSource(Engine.class)
  void whatEveryKnownStatementSaysComesBackAsItWas(Engine engine) throws IOException {
    Dialect dialect = dialect(engine);
    List<String> statements =
        Arrays.stream(Files.readString(STATEMENTS.resolve(engine.id() + ".txt")).split("\n\n"))
            .filter(s -> !s.startsWith("#"))
            .toList();
    assertThat(statements).hasSizeGreaterThan(50);
    for (String sql : statements) {
      Reading reading = dialect.read(Statement.of(sql));
      Reading again = through(reading);
      assertThat(again).as(sql).isEqualTo(reading);
      // The order within sets is no part of their equality, and still shows in reports.
      assertThat(again.toString()).isEqualTo(reading.toString());
    }
  }

  @Test
  void noLetterIsLost() {
    for (String text : List.of("größe", "注文", "🛒", "half of a pair: \ud800", "\0")) {
      assertThat(through(new Name(text, text + "x")).text()).isEqualTo(text);
    }
  }

  private static <R extends Record> R through(R value) {
    @SuppressWarnings("unchecked") // its own class
    Class<R> type = (Class<R>) value.getClass();
    Output out = new Output();
    Shape.of(type).write(value, out);
    return type.cast(Shape.of(type).read(new Input(out.toBytes(), 0)));
  }

  private static Dialect dialect(Engine engine) {
    return switch (engine) {
      case POSTGRESQL -> new PostgresqlDialect(PostgresqlDialect.OLDEST_SUPPORTED);
      case MYSQL -> new MysqlDialect(engine, MysqlDialect.OLDEST_SUPPORTED_MYSQL);
      case MARIADB -> new MysqlDialect(engine, MysqlDialect.OLDEST_SUPPORTED_MARIADB);
    };
  }
}
