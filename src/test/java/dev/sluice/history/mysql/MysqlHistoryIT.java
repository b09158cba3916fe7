package dev.sluice.history.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.dialect.Engine;
import dev.sluice.history.Agreement;
import dev.sluice.testing.MySql;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Histories in the styles of dumps and of hand-written upgrades; any other is given by hand. */
class MysqlHistoryIT {

  private static final List<String> HISTORIES = List.of("dump", "idempotent", "modes");

  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void theirStatementsDoOnTheServerWhatSluiceSays(Engine engine) throws Exception {
    assumeTrue(engine == Engine.MARIADB || MySql.missing().isEmpty(), MySql.missing());
    for (String history : HISTORIES) {
      agree(history, engine);
    }
  }

  /** MySQL has no such keys. */
  @Test
  void aTableWithAHashedKeyIsCopiedByEveryAlter() throws Exception {
    agree("mariadb-hashed-keys", Engine.MARIADB);
  }

  private static void agree(String history, Engine engine) throws Exception {
    Agreement agreement = MysqlHistory.of(Path.of("src/test/resources/histories", history), engine);
    assertThat(agreement.disagreements()).as(history).isEmpty();
    assertThat(agreement.refused()).as(history).isEmpty();
    assertThat(agreement.compared(Agreement.Of.CATALOG)).as(history).isPositive();
  }
}
