package dev.sluice.rewrite;

import dev.sluice.dialect.Writer;
import dev.sluice.plan.Action;
import dev.sluice.plan.Condition;
import dev.sluice.plan.Step;
import dev.sluice.schema.Work;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** On PostgreSQL, where DO is a program: with COMMIT in it outside of transactions (11 on). */
final class PostgresqlForm extends PlainForm {

  /** Reads rows under a lock that only other definitions wait for; once valid it does nothing. */
  private static final Pattern VALIDATES =
      Pattern.compile("(?is)ALTER TABLE .* VALIDATE CONSTRAINT .*");

  private final Writer writer;

  PostgresqlForm(Writer writer) {
    this.writer = writer;
  }

  @Override
  List<Piece> ddl(Step step, Action.Ddl ddl) {
    if (!ddl.transactional()) {
      return ddl.sql().stream().map(sql -> alone(step, sql)).toList();
    }
    boolean validates =
        step.impact().work() != Work.INSTANT
            && ddl.sql().stream().allMatch(sql -> VALIDATES.matcher(sql).matches());
    return List.of(
        new Piece(
            step,
            ddl.sql(),
            validates ? Piece.Manner.REPEATABLE : Piece.Manner.TOGETHER,
            List.of()));
  }

  private Piece alone(Step step, String sql) {
    boolean builds = sql.matches("(?is)(CREATE (UNIQUE )?INDEX|REINDEX)\\b.*");
    return new Piece(
        step,
        List.of(sql),
        Piece.Manner.ALONE,
        builds
            ? List.of("where it fails, drop the INVALID index that it leaves before the next run")
            : List.of());
  }

  /** From key to key: each batch is found where the last one ended. */
  @Override
  Piece batches(Step step, Action.Backfill backfill) {
    if (backfill.key().isEmpty()) {
      return atOnce(step, backfill, "its table has no key to walk by");
    }
    String key = String.join(", ", backfill.key());
    String row = "(" + key + ")";
    String from = at("sluice_from", backfill.key());
    String next = at("sluice_next", backfill.key());
    String table = backfill.table();
    String body =
        """
        #variable_conflict use_column
        DECLARE
          sluice_from record;
          sluice_next record;
          sluice_more boolean;
        BEGIN
          SELECT %1$s INTO sluice_from FROM %2$s ORDER BY %1$s LIMIT 1;
          sluice_more := FOUND;
          WHILE sluice_more LOOP
            SELECT %1$s INTO sluice_next FROM %2$s WHERE %3$s >= %4$s ORDER BY %1$s OFFSET %5$d LIMIT 1;
            sluice_more := FOUND;
            IF sluice_more THEN
        %6$s;
            ELSE
        %7$s;
            END IF;
            COMMIT;
            PERFORM pg_sleep(0.02);
            sluice_from := sluice_next;
          END LOOP;
        END
        """
            .formatted(
                key,
                table,
                row,
                from,
                BATCH,
                indented(part(backfill, row + " >= " + from + " AND " + row + " < " + next)),
                indented(part(backfill, row + " >= " + from)));
    return new Piece(
        step,
        List.of(program(body)),
        Piece.Manner.REPEATABLE,
        List.of("in batches of " + BATCH + " rows by " + key + "; may be run again"));
  }

  // The condition has lines of its own: it may end in a comment.
  private static String part(Action.Backfill backfill, String piece) {
    return backfill.statement(backfill.table(), piece + " AND (\n" + backfill.where() + "\n)");
  }

  private static String at(String variable, List<String> key) {
    return key.stream().map(c -> variable + "." + c).collect(Collectors.joining(", ", "(", ")"));
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
            RAISE EXCEPTION USING MESSAGE = %s;
          END IF;
        END
        """
            .formatted(and(conditions, this::holds), writer.literal(complaint(step)));
    return new Piece(step, program(body), Piece.Manner.LOOK);
  }

  @Override
  Piece await(Step step, Action.Verify verify) {
    String body =
        """
        DECLARE
          sluice_until timestamptz := clock_timestamp() + interval '%d s';
        BEGIN
          WHILE NOT (%s) LOOP
            IF clock_timestamp() > sluice_until THEN
              RAISE EXCEPTION USING MESSAGE = %s;
            END IF;
            COMMIT;
            PERFORM pg_sleep(0.2);
          END LOOP;
        END
        """
            .formatted(
                verify.patience().toSeconds(),
                and(verify.conditions(), this::holds),
                writer.literal(complaint(step)));
    return new Piece(step, program(body), Piece.Manner.REPEATABLE);
  }

  private String holds(Condition condition) {
    return "("
        + condition.sql()
        + ")::text IS NOT DISTINCT FROM "
        + writer.literal(condition.expect());
  }

  private static String program(String body) {
    String tag = "$sluice$";
    for (int i = 2; body.contains(tag); i++) {
      tag = "$sluice_" + i + "$";
    }
    return "DO " + tag + "\n" + body + tag;
  }
}
