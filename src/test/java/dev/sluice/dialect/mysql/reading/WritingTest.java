package dev.sluice.dialect.mysql.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.mysql.writing.MysqlWriter;
import dev.sluice.schema.Change;
import dev.sluice.testing.Rendering;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WritingTest {

  /** What the change keeps of such a statement is less than the statement says. */
  private static final Set<String> ONLY_AS_WRITTEN =
      Set.of(
          "Insert",
          "Update",
          "Delete",
          "Copy",
          "LockTable",
          "Block",
          "CreateRole",
          "AlterRole",
          "DropRole",
          "RenameRole",
          "CreateTable");

  @Test
  void whatIsWrittenReadsAsItWas() {
    List<String> others = new ArrayList<>();
    Set<String> refused = new TreeSet<>();
    check(MysqlReaderTest.MYSQL, new MysqlWriter(Engine.MYSQL), "mysql", others, refused);
    check(MysqlReaderTest.MARIADB, new MysqlWriter(Engine.MARIADB), "mariadb", others, refused);
    assertThat(others).isEmpty();
    assertThat(refused).isSubsetOf(ONLY_AS_WRITTEN);
  }

  private static void check(
      MysqlReader reader,
      MysqlWriter writer,
      String file,
      List<String> others,
      Set<String> refused) {
    for (String statement : Corpus.statements(file)) {
      for (Change change : reader.read(statement).changes()) {
        try {
          String written = writer.write(change);
          String again =
              reader.read(written).changes().stream()
                  .map(Rendering::of)
                  .collect(Collectors.joining("; "));
          // That MySQL ignored something is not said twice.
          if (!again.equals(
              Rendering.of(change).replace(" options=«" + Columns.IGNORED_REFERENCES + "»", ""))) {
            others.add(statement + "\n  " + written + "\n  " + again);
          }
        } catch (IllegalArgumentException e) {
          refused.add(change.label());
        }
      }
    }
  }
}
