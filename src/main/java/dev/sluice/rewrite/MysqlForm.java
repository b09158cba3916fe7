package dev.sluice.rewrite;

import dev.sluice.dialect.Writer;
import dev.sluice.plan.Action;
import dev.sluice.plan.Condition;
import dev.sluice.plan.Step;
import dev.sluice.schema.Column;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** On MySQL and MariaDB, where a program is a procedure: made, called and dropped. */
final class MysqlForm extends PlainForm {

  /** Whose values a variable holds as they are, in the order in which the server keeps them. */
  private static final Set<String> WALKED =
      Set.of(
          "tinyint",
          "smallint",
          "mediumint",
          "int",
          "integer",
          "bigint",
          "decimal",
          "numeric",
          "year",
          "date",
          "datetime",
          "char",
          "varchar",
          "binary",
          "varbinary");

  /** As long as the servers let a message be. */
  private static final int MESSAGE = 128;

  private final Writer writer;
  private final List<Schema> schemas;
  private int programs;

  /**
   * @param schemas where the tables are found whose rows are walked over
   */
  MysqlForm(Writer writer, List<Schema> schemas) {
    this.writer = writer;
    this.schemas = List.copyOf(schemas);
  }

  @Override
  List<Piece> ddl(Step step, Action.Ddl ddl) {
    return List.of(
        new Piece(
            step,
            ddl.sql(),
            ddl.transactional() ? Piece.Manner.TOGETHER : Piece.Manner.ALONE,
            List.of()));
  }

  @Override
  Piece batches(Step step, Action.Backfill backfill) {
    if (!walked(backfill)) {
      return atOnce(step, backfill, "its table has no key that a variable can hold");
    }
    List<String> key = backfill.key();
    String columns = String.join(", ", key);
    String table = backfill.table();
    String from = bound(key, "@sluice_from_", ">", ">=");
    String body =
        """
        BEGIN
          SET %1$s;
          SELECT %2$s INTO %3$s FROM %4$s ORDER BY %2$s LIMIT 1;
          WHILE @sluice_from_1 IS NOT NULL DO
            SET %5$s;
            SELECT %2$s INTO %6$s FROM %4$s WHERE %7$s ORDER BY %2$s LIMIT %8$d, 1;
            COMMIT;
            SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
            IF @sluice_next_1 IS NULL THEN
        %9$s;
            ELSE
        %10$s;
            END IF;
            COMMIT;
            DO SLEEP(0.02);
            SET %11$s;
          END WHILE;
        END"""
            .formatted(
                each(key, i -> "@sluice_from_" + i + " = NULL"),
                columns,
                each(key, i -> "@sluice_from_" + i),
                table,
                each(key, i -> "@sluice_next_" + i + " = NULL"),
                each(key, i -> "@sluice_next_" + i),
                from,
                BATCH,
                indented(part(backfill, from)),
                indented(part(backfill, from + " AND " + bound(key, "@sluice_next_", "<", "<"))),
                each(key, i -> "@sluice_from_" + i + " = @sluice_next_" + i));
    return new Piece(
        step,
        program(body),
        Piece.Manner.REPEATABLE,
        List.of("in batches of " + BATCH + " rows by " + columns + "; may be run again"));
  }

  private boolean walked(Action.Backfill backfill) {
    Optional<Table> table =
        schemas.stream()
            .flatMap(s -> s.tables().stream())
            .filter(t -> writer.quote(t.name()).equals(backfill.table()))
            .findFirst();
    return !backfill.key().isEmpty()
        && table.isPresent()
        && backfill.key().stream()
            .allMatch(
                name ->
                    table.get().columns().stream()
                        .filter(c -> writer.quote(c.name()).equals(name))
                        .anyMatch(MysqlForm::walked));
  }

  private static boolean walked(Column column) {
    String words = column.type().name().toLowerCase(Locale.ROOT);
    return WALKED.contains(words.split(" ", 2)[0]);
  }

  private static String part(Action.Backfill backfill, String piece) {
    return backfill.statement(backfill.table(), piece + " AND (\n" + backfill.where() + "\n)");
  }

  /** {@code (a > @1 OR (a = @1 AND b >= @2))}: one range of the index for each column. */
  private static String bound(List<String> key, String variable, String strict, String last) {
    String condition = "";
    for (int i = key.size(); i > 0; i--) {
      String name = key.get(i - 1);
      String value = variable + i;
      condition =
          i == key.size()
              ? name + " " + last + " " + value
              : "(%1$s %2$s %3$s OR (%1$s = %3$s AND %4$s))"
                  .formatted(name, strict, value, condition);
    }
    return condition;
  }

  private static String each(List<String> key, IntFunction<String> text) {
    return IntStream.rangeClosed(1, key.size()).mapToObj(text).collect(Collectors.joining(", "));
  }

  private static String indented(String sql) {
    return sql.lines().map(l -> "      " + l).collect(Collectors.joining("\n"));
  }

  @Override
  Piece look(Step step, List<Condition> conditions) {
    String body =
        """
        BEGIN
          IF NOT (%s) THEN
            SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = %s;
          END IF;
        END"""
            .formatted(and(conditions, this::holds), message(step));
    return new Piece(step, program(body), Piece.Manner.LOOK, List.of());
  }

  @Override
  Piece await(Step step, Action.Verify verify) {
    String body =
        """
        BEGIN
          DECLARE sluice_until DATETIME DEFAULT SYSDATE() + INTERVAL %d SECOND;
          WHILE NOT (%s) DO
            IF SYSDATE() > sluice_until THEN
              SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = %s;
            END IF;
            COMMIT;
            DO SLEEP(0.2);
          END WHILE;
        END"""
            .formatted(
                verify.patience().toSeconds(),
                and(verify.conditions(), this::holds),
                message(step));
    return new Piece(step, program(body), Piece.Manner.REPEATABLE, List.of());
  }

  private String holds(Condition condition) {
    return "(" + condition.sql() + ") <=> " + writer.literal(condition.expect());
  }

  private String message(Step step) {
    String text = complaint(step);
    return writer.literal(text.length() <= MESSAGE ? text : text.substring(0, MESSAGE - 1) + "…");
  }

  /** One that an earlier run left behind goes first: it was cut off inside it. */
  private List<String> program(String body) {
    programs++;
    String name = "sluice_rewrite_" + programs;
    List<String> all = new ArrayList<>();
    all.add("DROP PROCEDURE IF EXISTS " + name);
    all.add("CREATE PROCEDURE " + name + "()\n" + body);
    all.add("CALL " + name + "()");
    all.add("DROP PROCEDURE " + name);
    return all;
  }
}
