package dev.sluice.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Engine;
import dev.sluice.history.mysql.MysqlHistory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Any history, given by hand: {@code mvn -B test -Dtest=HistoryOnServer -Dhistory=DIR,DIR}, for
 * another engine than PostgreSQL with {@code -Dengine=mysql} or {@code mariadb}. Its name keeps it
 * out of the tests.
 */
class HistoryOnServer {

  @Test
  void everyVerdictIsWhatTheServerDoes() throws Exception {
    List<String> disagreements = new ArrayList<>();
    for (String directory : Arrays.asList(System.getProperty("history", "").split(",", -1))) {
      Agreement agreement = agreement(Path.of(directory));
      print("\n" + directory);
      agreement.refused().forEach(HistoryOnServer::print);
      agreement.disagreements().forEach(HistoryOnServer::print);
      print(agreement.summary());
      disagreements.addAll(agreement.disagreements());
    }
    assertThat(disagreements.size()).as("disagreements").isZero();
  }

  private static Agreement agreement(Path directory) throws Exception {
    Engine engine = TrialServer.asked();
    return switch (engine) {
      case POSTGRESQL -> HistoryRun.of(directory);
      case MYSQL, MARIADB -> MysqlHistory.of(directory, engine);
    };
  }

  private static void print(String text) {
    System.out.println(text);
  }
}
