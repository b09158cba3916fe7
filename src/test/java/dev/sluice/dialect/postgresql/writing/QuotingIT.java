package dev.sluice.dialect.postgresql.writing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sql.Name;
import dev.sluice.testing.Postgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class QuotingIT {

  private static final Postgres.Database DATABASE = Postgres.freshDatabase();

  @Test
  void aNameIsQuotedWhereTheServerItselfWouldQuoteIt() throws Exception {
    List<String> names =
        new ArrayList<>(
            List.of("orders", "Orders", "a b", "a\"b", "1a", "_a1", "a$b", "größe", "zeile\nzwei"));
    try (Connection connection = DATABASE.connect();
        Statement statement = connection.createStatement();
        ResultSet words = statement.executeQuery("SELECT word FROM pg_get_keywords()");
        PreparedStatement ask = connection.prepareStatement("SELECT quote_ident(?)")) {
      while (words.next()) {
        names.add(words.getString(1));
      }
      for (String name : names) {
        ask.setString(1, name);
        try (ResultSet answer = ask.executeQuery()) {
          answer.next();
          String servers = answer.getString(1);
          String ours = Quoting.quote(new Name(name));
          // Another version may reserve the word; quoting it is then harmless here.
          assertThat(ours).isIn(servers, '"' + name.replace("\"", "\"\"") + '"');
          if (servers.startsWith("\"")) {
            assertThat(ours).isEqualTo(servers);
          }
        }
      }
    }
  }

  @Test
  void aLiteralMeansTheSameWhateverTheSessionSaysOfBackslashes() throws Exception {
    for (String setting : List.of("on", "off")) {
      try (Connection connection = DATABASE.connect();
          Statement statement = connection.createStatement()) {
        statement.execute("SET standard_conforming_strings = " + setting);
        for (String text : List.of("", "it's", "a\\b", "\\'", "'; DROP TABLE x; --", "ü\n")) {
          try (ResultSet answer = statement.executeQuery("SELECT " + Quoting.literal(text))) {
            answer.next();
            assertThat(answer.getString(1)).isEqualTo(text);
          }
        }
      }
    }
  }

  @Test
  void aFittedNameIsNotCutByTheServer() throws Exception {
    List<String> names =
        Stream.of("x".repeat(63), "x".repeat(64), "ü".repeat(40), "😀".repeat(20) + "a").toList();
    for (String name : names) {
      Name fitted = Quoting.fit(name);
      try (Connection connection = DATABASE.connect();
          Statement statement = connection.createStatement();
          ResultSet answer =
              statement.executeQuery(
                  "SELECT " + Quoting.literal(fitted.text()) + "::name::text, 1")) {
        answer.next();
        assertThat(answer.getString(1)).isEqualTo(fitted.text());
      }
    }
    assertThat(Quoting.fit("x".repeat(63)).text()).isEqualTo("x".repeat(63));
    assertThat(Quoting.fit("x".repeat(64))).isNotEqualTo(Quoting.fit("x".repeat(65)));
  }
}
