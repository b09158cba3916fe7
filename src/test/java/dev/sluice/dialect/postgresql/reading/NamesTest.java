package dev.sluice.dialect.postgresql.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schema.Change;
import dev.sluice.sql.QualifiedName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {

  private static QualifiedName table(String name) {
    Change change = new PostgresqlReader().read("DROP TABLE " + name).changes().get(0);
    assertThat(change).as(name).isInstanceOf(Change.DropTable.class);
    return ((Change.DropTable) change).table();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Orders | orders",
        "ORDERS | orders",
        "\"Orders\" | Orders",
        "\"a \"\"b\"\" c\" | a \"b\" c",
        "a$b1 | a$b1",
        "_x | _x",
        "value | value",
        "\"select\" | select",
        "U&\"d\\0061t\\+000061\" | data",
        "U&\"d!0061t\" UESCAPE '!' | dat",
        "größe | größe",
        "GRÖSSE | grÖsse",
        "名前 | 名前",
        "a→b | a→b",
      })
  void aNameIsAsTheCatalogStoresIt(String written, String stored) {
    assertThat(table(written)).isEqualTo(QualifiedName.of(stored));
  }

  @Test
  void aSchemaIsKeptAndTheDatabaseInFrontOfItLeftOut() {
    assertThat(table("Shop.\"Orders\"")).isEqualTo(QualifiedName.of("shop", "Orders"));
    assertThat(table("db.shop.orders")).isEqualTo(QualifiedName.of("shop", "orders"));
    assertThat(table("shop . /* x */ orders")).isEqualTo(QualifiedName.of("shop", "orders"));
  }

  @Test
  void aNameIsCutTo63BytesAndNeverInsideACharacter() {
    assertThat(table("a".repeat(70)).name().text()).isEqualTo("a".repeat(63));
    assertThat(table("ä".repeat(40)).name().text()).isEqualTo("ä".repeat(31));
    assertThat(table("\"" + "名".repeat(30) + "\"").name().text()).isEqualTo("名".repeat(21));
    assertThat(table("\"" + "😀".repeat(20) + "\"").name().text()).isEqualTo("😀".repeat(15));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"DROP TABLE \"\"", "DROP TABLE U&\"\\00zz\"", "DROP TABLE U&\"\\0000\""})
  void aNameThatNoCatalogTakesIsUnrecognised(String sql) {
    assertThat(new PostgresqlReader().read(sql).changes())
        .singleElement()
        .isInstanceOf(Change.Unrecognised.class);
  }
}
