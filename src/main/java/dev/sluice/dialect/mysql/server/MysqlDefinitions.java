package dev.sluice.dialect.mysql.server;

import dev.sluice.dialect.Answer;
import dev.sluice.dialect.Definitions;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.mysql.writing.Quoting;
import dev.sluice.sql.Name;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The catalog of MySQL and MariaDB as statements, made of what {@code information_schema} shows:
 * {@code SHOW CREATE} would have to be asked for every object by itself.
 */
final class MysqlDefinitions implements Definitions {

  private final Engine engine;
  private final EngineVersion version;

  MysqlDefinitions(Engine engine, EngineVersion version) {
    this.engine = engine;
    this.version = version;
  }

  @Override
  public List<String> begin() {
    return List.of("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
  }

  @Override
  public List<String> questions(List<Name> schemas) {
    List<String> all = new ArrayList<>();
    for (Name schema : schemas) {
      String literal = Quoting.literal(schema.text());
      for (Question question : Question.values()) {
        all.add(usual() + question.sql(engine, version).replace(Question.SCHEMA, literal));
      }
    }
    return all;
  }

  /** MariaDB quotes what it shows as the session's own sql_mode wants it. */
  private String usual() {
    return engine == Engine.MARIADB ? "SET STATEMENT sql_mode = '' FOR " : "";
  }

  @Override
  public List<Definition> statements(List<Name> schemas, List<List<Answer>> answers) {
    List<String> tables = new ArrayList<>();
    List<String> foreignKeys = new ArrayList<>();
    List<String> views = new ArrayList<>();
    List<String> bodies = new ArrayList<>();
    Iterator<List<Answer>> next = answers.iterator();
    for (Name schema : schemas) {
      Map<Question, List<Answer>> its = new EnumMap<>(Question.class);
      for (Question question : Question.values()) {
        its.put(question, next.next());
      }
      Found found = new Found(engine, schema, its);
      tables.addAll(new TableTexts(found).all());
      foreignKeys.addAll(new ForeignKeyTexts(found).all());
      views.addAll(new ViewTexts(found).all());
      // Unqualified names in a body are those of its own schema.
      bodies.add("USE " + Quoting.quote(schema));
      bodies.addAll(new BodyTexts(found).all());
    }
    bodies.add("USE " + Quoting.quote(schemas.getFirst()));
    List<Definition> all = new ArrayList<>();
    for (List<String> part : List.of(tables, foreignKeys, views, bodies)) {
      part.forEach(sql -> all.add(Definition.of(sql)));
    }
    return all;
  }
}
