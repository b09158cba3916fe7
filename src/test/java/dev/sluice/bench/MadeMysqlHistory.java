package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** As {@link MadeHistory}, of MySQL: dumps' habits, clauses by the handful, handlers' rows. */
public final class MadeMysqlHistory {
  private static final List<String> TYPES =
      List.of(
          "varchar(80) NOT NULL DEFAULT ''",
          "int(11) DEFAULT NULL",
          "bigint unsigned DEFAULT NULL",
          "tinyint(1) NOT NULL DEFAULT '0'",
          "datetime DEFAULT NULL",
          "timestamp NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP",
          "decimal(12,2) DEFAULT NULL COMMENT 'net'",
          "text COLLATE utf8mb4_unicode_ci",
          "json DEFAULT NULL",
          "enum('low','high') NOT NULL DEFAULT 'low'");

  private final Random random;
  private final List<Made> tables = new ArrayList<>();
  private int count;

  /**
   * A table with the columns that it has by now.
   *
   * @param columns that may change, besides those that every table keeps
   * @param keys of these, those that an index takes whole
   */
  private record Made(String name, List<String> columns, List<String> keys) {

    void add(String column, String type) {
      columns.add(column);
      if (!type.startsWith("text") && !type.startsWith("json")) {
        keys.add(column);
      }
    }

    void rename(String old, String to) {
      columns.set(columns.indexOf(old), to);
      keys.remove(old);
      keys.add(to);
    }

    String key(Random random) {
      return keys.isEmpty() ? "state" : keys.get(random.nextInt(keys.size()));
    }
  }

  private MadeMysqlHistory(long seed) {
    random = new Random(seed);
  }

  /** Writes so many statements into so many files. */
  public static void write(Path directory, int files, int statements, long seed)
      throws IOException {
    MadeMysqlHistory history = new MadeMysqlHistory(seed);
    MadeFiles.write(directory, files, statements, history.random, history::statement);
  }

  private String statement() {
    int share = tables.size() < 4 ? 0 : random.nextInt(100);
    if (share < 18) {
      return createTable();
    }
    if (share < 44) {
      return alter();
    }
    if (share < 56) {
      return index();
    }
    return share < 84 ? rows() : other();
  }

  private String createTable() {
    Made made = new Made("table_" + ++count, new ArrayList<>(), new ArrayList<>());
    StringBuilder text =
        new StringBuilder(random.nextBoolean() ? "CREATE TABLE `" : "CREATE TABLE IF NOT EXISTS `")
            .append(made.name())
            .append("` (\n  `id` bigint unsigned NOT NULL AUTO_INCREMENT,\n")
            .append("  `state` varchar(20) NOT NULL,\n  `owner` bigint unsigned DEFAULT NULL,\n");
    for (int i = 2 + random.nextInt(8); i > 0; i--) {
      String column = "column_" + ++count;
      String type = pick(TYPES);
      made.add(column, type);
      text.append("  `").append(column).append("` ").append(type).append(",\n");
    }
    text.append("  PRIMARY KEY (`id`),\n  KEY `owner_").append(++count).append("` (`owner`)");
    if (!tables.isEmpty()) {
      text.append(",\n  CONSTRAINT `fk_")
          .append(++count)
          .append("` FOREIGN KEY (`owner`) REFERENCES `")
          .append(any().name())
          .append("` (`id`) ON DELETE CASCADE");
    }
    tables.add(made);
    return text.append("\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4").toString();
  }

  private String alter() {
    Made table = any();
    String alter = "ALTER TABLE `" + table.name() + "`";
    String old = pick(table.columns());
    String added = "column_" + ++count;
    return switch (random.nextInt(6)) {
      case 0 -> alter + " MODIFY COLUMN `" + old + "` varchar(200) DEFAULT NULL";
      case 1 -> {
        table.rename(old, added);
        yield alter + " CHANGE `" + old + "` `" + added + "` varchar(120) NOT NULL DEFAULT ''";
      }
      case 2 -> {
        table.add(added, "int");
        yield alter
            + "\n  ADD COLUMN `"
            + added
            + "` int(11) DEFAULT NULL AFTER `"
            + old
            + "`,\n  ADD KEY `key_"
            + count
            + "` (`"
            + added
            + "`),\n  ALGORITHM=INPLACE, LOCK=NONE";
      }
      case 3 -> alter + " CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci";
      case 4 ->
          alter + " ADD UNIQUE KEY `unique_" + count + "` (`" + table.key(random) + "`, `id`)";
      default -> {
        String type = pick(TYPES);
        table.add(added, type);
        yield alter + " ADD `" + added + "` " + type;
      }
    };
  }

  private String index() {
    Made table = any();
    return "CREATE "
        + (random.nextInt(4) == 0 ? "UNIQUE " : "")
        + "INDEX index_"
        + ++count
        + " ON "
        + table.name()
        + " ("
        + table.key(random)
        + ", id)";
  }

  private String rows() {
    Made table = any();
    String column = pick(table.columns());
    return switch (random.nextInt(5)) {
      case 0 -> "UPDATE `" + table.name() + "` SET `state` = 'new' WHERE `" + column + "` IS NULL";
      case 1 -> "DELETE FROM `" + table.name() + "` WHERE `state` = 'done' AND `id` < 1000";
      case 2 ->
          "UPDATE %s t JOIN %s o ON o.id = t.owner SET t.state = o.state WHERE o.state IS NOT NULL"
              .formatted(table.name(), any().name());
      default ->
          "INSERT INTO `" + table.name() + "` (`state`, `owner`) VALUES ('new', 1), ('done', NULL)";
    };
  }

  private String other() {
    Made table = any();
    return switch (random.nextInt(5)) {
      case 0 -> "SET FOREIGN_KEY_CHECKS = " + random.nextInt(2);
      case 1 ->
          """
          CREATE OR REPLACE VIEW view_%d AS
          SELECT t.id, t.state, count(*) AS n FROM %s t LEFT JOIN %s o ON o.owner = t.id
          WHERE t.state <> 'done' GROUP BY t.id, t.state\
          """
              .formatted(++count, table.name(), any().name());
      case 2 -> "DROP TABLE IF EXISTS `gone_" + ++count + "`";
      case 3 ->
          """
          CREATE TRIGGER trigger_%d BEFORE INSERT ON %s FOR EACH ROW
          BEGIN
            IF NEW.state IS NULL THEN
              SET NEW.state = 'new';
            END IF;
          END\
          """
              .formatted(++count, table.name());
      default -> "RENAME TABLE `" + table.name() + "` TO `" + renamed(table) + "`";
    };
  }

  private String renamed(Made table) {
    String name = "renamed_" + ++count;
    tables.set(tables.indexOf(table), new Made(name, table.columns(), table.keys()));
    return name;
  }

  private Made any() {
    return tables.get(random.nextInt(tables.size()));
  }

  private String pick(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }
}
