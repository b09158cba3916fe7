package dev.sluice.dialect.postgresql.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Lookup;
import dev.sluice.release.Release;
import dev.sluice.release.Releases;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LookupsTest {

  private static final String TABLES =
      """
      CREATE TABLE parents (id bigint PRIMARY KEY, code text, kind int);
      CREATE TABLE items (id bigint PRIMARY KEY, parent_id bigint, code text, kind_of int);
      """;

  @Test
  void aSubselectIsOne() {
    assertThat(of("UPDATE items SET code = (SELECT code FROM parents p WHERE p.id = parent_id)"))
        .containsExactly(
            new Lookup(
                new Name("code"),
                new QualifiedName(Optional.empty(), new Name("parents")),
                new Name("p"),
                List.of(new Lookup.Key(new Name("parent_id"), new Name("id"))),
                "p.code",
                "p.id = items.parent_id",
                Optional.empty(),
                Set.of(new Name("parent_id")),
                Set.of(new Name("id"), new Name("code")),
                false));
  }

  @Test
  void aJoinIsOneForEachAssignment() {
    List<Lookup> both =
        of(
            "UPDATE items i SET code = upper(p.code), kind_of = kind FROM parents p"
                + " WHERE i.parent_id = p.id AND kind > 1 AND i.kind_of IS NULL");
    assertThat(both).extracting(Lookup::value).containsExactly("upper(p.code)", "p.kind");
    assertThat(both.getFirst().condition())
        .isEqualTo("items.parent_id = p.id AND p.kind > 1 AND items.kind_of IS NULL");
    assertThat(both).allMatch(Lookup::keeps);
  }

  @Test
  void whichRowsAreUpdatedIsSaidOfTheOwnRow() {
    Lookup lookup =
        of("UPDATE items SET code = (SELECT code FROM parents WHERE id = items.parent_id)"
                + " WHERE code IS NULL")
            .getFirst();
    assertThat(lookup.value()).isEqualTo("parents.code");
    assertThat(lookup.condition()).isEqualTo("parents.id = items.parent_id");
    assertThat(lookup.where()).contains("items.code IS NULL");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE items SET code = 'a'",
        "UPDATE items SET code = (SELECT max(code) FROM parents)",
        "UPDATE items SET code = (SELECT code FROM parents p WHERE p.id > parent_id)",
        "UPDATE items SET code = (SELECT code FROM parents p JOIN items j ON true WHERE p.id = items.parent_id)",
        "UPDATE items SET code = (SELECT code FROM parents p WHERE p.id = parent_id ORDER BY kind LIMIT 1)",
        "UPDATE items SET code = (SELECT p.code FROM parents p WHERE p.id = parent_id GROUP BY p.code)",
        "UPDATE items SET code = (SELECT code FROM parents p WHERE p.id = parent_id AND EXISTS (SELECT 1 FROM items))",
        "UPDATE items SET code = (SELECT i.code FROM items i WHERE i.id = items.parent_id)",
        "UPDATE items SET code = p.code FROM parents p, items j WHERE p.id = items.parent_id",
        "UPDATE items SET code = p.code FROM parents p",
        "UPDATE items SET code = p.code FROM parents p WHERE p.id = unknown_column",
        "UPDATE items SET code = v.code FROM never_seen v WHERE v.id = parent_id",
        "UPDATE items SET (code, kind_of) = (SELECT code, kind FROM parents p WHERE p.id = parent_id)",
        "UPDATE items SET code = (SELECT code FROM parents p WHERE p.id = parent_id), kind_of = 1",
        "UPDATE items SET code = p.code FROM parents p WHERE p.id = parent_id RETURNING code",
        "DELETE FROM items"
      })
  void moreThanOneRowOfOneTableIsNone(String sql) {
    assertThat(of(sql)).isEmpty();
  }

  private static List<Lookup> of(String sql) {
    Schema schema = Releases.last(release()).before();
    return Lookups.of(sql, schema, name -> name);
  }

  private static Release release() {
    return Releases.of(TABLES, "SELECT 1");
  }
}
