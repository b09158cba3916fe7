package dev.sluice.dialect.mysql.reading;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.testing.Golden;
import dev.sluice.testing.Rendering;
import org.junit.jupiter.api.Test;

class MysqlReaderTest {

  static final MysqlReader MYSQL = new MysqlReader(Engine.MYSQL, new EngineVersion(8, 0, 31));
  static final MysqlReader MARIADB = new MysqlReader(Engine.MARIADB, new EngineVersion(11, 4, 5));

  /** Every family of statements with all that is read out of it, for a person to check. */
  @Test
  void theCorpusReadsAsWrittenDown() {
    check(MYSQL, "mysql");
  }

  @Test
  void whatMariadbAloneHasReadsAsWrittenDown() {
    check(MARIADB, "mariadb");
  }

  private static void check(MysqlReader reader, String file) {
    StringBuilder readings = new StringBuilder();
    for (Corpus.Paragraph paragraph : Corpus.paragraphs(file)) {
      readings.append(paragraph.text()).append('\n');
      if (!paragraph.isHeading()) {
        readings.append(Rendering.of(reader.read(paragraph.text())));
      }
      readings.append('\n');
    }
    Golden.check(file + "-readings.txt", readings.toString());
  }
}
