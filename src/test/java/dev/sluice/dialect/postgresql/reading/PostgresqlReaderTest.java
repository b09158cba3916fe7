package dev.sluice.dialect.postgresql.reading;

import dev.sluice.testing.Golden;
import dev.sluice.testing.Rendering;
import org.junit.jupiter.api.Test;

class PostgresqlReaderTest {

  private final PostgresqlReader reader = new PostgresqlReader();

  /** Every family of statements with all that is read out of it, for a person to check. */
  @Test
  void theCorpusReadsAsWrittenDown() {
    StringBuilder readings = new StringBuilder();
    for (Corpus.Paragraph paragraph : Corpus.paragraphs()) {
      readings.append(paragraph.text()).append('\n');
      if (!paragraph.isHeading()) {
        readings.append(Rendering.of(reader.read(paragraph.text())));
      }
      readings.append('\n');
    }
    Golden.check("postgresql-readings.txt", readings.toString());
  }
}
