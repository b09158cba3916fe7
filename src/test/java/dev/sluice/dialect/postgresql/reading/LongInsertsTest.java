package dev.sluice.dialect.postgresql.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schema.Change;
import dev.sluice.sql.QualifiedName;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LongInsertsTest {

  private static Change.Insert read(String sql) {
    List<Change> changes = new PostgresqlReader().read(sql).changes();
    assertThat(changes).singleElement().isInstanceOf(Change.Insert.class);
    return (Change.Insert) changes.get(0);
  }

  private static String insert(String row, int rows) {
    return "INSERT INTO shop.prices (id, name, cents) VALUES "
        + IntStream.range(0, rows)
            .mapToObj(i -> row.replace("%d", String.valueOf(i)))
            .collect(Collectors.joining(",\n"));
  }

  @Test
  void aThousandRowsSayWhatOneRowSays() {
    String row = "(%d, 'it''s; (no %d)', -1.%d)";
    assertThat(read(insert(row, 1_000))).isEqualTo(read(insert(row, 1)));
    assertThat(LongInserts.shortened(insert(row, 1_000))).hasSizeLessThan(200);
  }

  @Test
  void aRowOfAnotherShapeIsReadToo() {
    String sql =
        insert("(%d, 'x', 1)", 500)
            + ", (0, (SELECT name FROM other LIMIT 1), my_price('x')), "
            + "(1, E'it\\'s', $$a$$) ON CONFLICT (id) DO UPDATE SET cents = excluded.cents";
    Change.Insert insert = read(sql);
    assertThat(insert.upsert()).isTrue();
    assertThat(insert.references().relations()).containsExactly(QualifiedName.of("other"));
    assertThat(insert.references().functions()).containsExactly(QualifiedName.of("my_price"));
  }

  @Test
  void stringsThatNameRelationsAreNotTakenForLiterals() {
    String sql = insert("(nextval('seq_a'), 'x', 1)", 200) + ", (nextval('seq_b'), 'y', 2)";
    assertThat(read(sql).references().relations())
        .containsExactlyInAnyOrder(QualifiedName.of("seq_a"), QualifiedName.of("seq_b"));
  }

  @Test
  void rowsOfAQueryAreLeftAlone() {
    String sql = "INSERT INTO t SELECT * FROM (VALUES (1)) v" + " ".repeat(3_000);
    assertThat(LongInserts.shortened(sql)).isEqualTo(sql);
  }

  @Test
  void whatIsWrongBehindTheRowsIsStillWrong() {
    assertThat(new PostgresqlReader().read(insert("(%d, 'x', 1)", 500) + " ON CONFLICT").changes())
        .singleElement()
        .isInstanceOf(Change.Unrecognised.class);
  }

  @Test
  void tenMegabytesAreReadInSeconds() {
    String sql = insert("(%d, 'some words of a product that is no longer sold', 12.%d)", 150_000);
    long start = System.nanoTime();
    assertThat(read(sql).columns()).hasSize(3);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }
}
