package dev.sluice.dialect.mysql.server;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.mysql.impact.Feature;

/**
 * What the catalog is asked about one schema. The first column names the table, or for what stands
 * beside tables the object. One table of the catalog each: MariaDB makes them up when they are
 * asked, and MySQL joins views that have no index (seen on 8.0.31: 20 s for 500 tables).
 */
enum Question {
  /** {@code table, type, engine, row format, collation, options, comment}. */
  TABLES {
    @Override
    String sql(Engine engine, EngineVersion version) {
      return "SELECT table_name, table_type, engine, row_format, table_collation, create_options,"
          + " table_comment FROM information_schema.tables WHERE table_schema = "
          + SCHEMA
          + " ORDER BY table_name";
    }
  },
  /**
   * {@code table, column, type, kind of type, nullable, default, extra, comment, expression,
   * character set, collation, reference system}.
   */
  COLUMNS {
    @Override
    String sql(Engine engine, EngineVersion version) {
      return "SELECT table_name, column_name, column_type, data_type, is_nullable, column_default,"
          + " extra, column_comment, generation_expression, character_set_name, collation_name, "
          + (engine == Engine.MYSQL ? "srs_id" : "NULL")
          + " FROM information_schema.columns WHERE table_schema = "
          + SCHEMA
          + " ORDER BY table_name, ordinal_position";
    }
  },
  /**
   * {@code table, index, not unique, column, order, length, kind, comment, hidden, expression}, one
   * row for each key.
   */
  KEYS {
    @Override
    String sql(Engine engine, EngineVersion version) {
      String hidden =
          engine == Engine.MYSQL
              ? "is_visible = 'NO'"
              : Feature.IGNORED_INDEXES.in(engine, version) ? "ignored = 'YES'" : "0";
      return "SELECT table_name, index_name, non_unique, column_name, collation, sub_part,"
          + " index_type, index_comment, "
          + hidden
          + ", "
          + (Feature.EXPRESSION_KEYS.in(engine, version) ? "expression" : "NULL")
          + " FROM information_schema.statistics WHERE table_schema = "
          + SCHEMA
          + " ORDER BY table_name, index_name, seq_in_index";
    }
  },
  /** {@code table, constraint, expression, enforced}; on MySQL without the expression. */
  CHECKS {
    @Override
    String sql(Engine engine, EngineVersion version) {
      if (engine == Engine.MARIADB) {
        return "SELECT table_name, constraint_name, check_clause, 'YES' FROM"
            + " information_schema.check_constraints WHERE constraint_schema = "
            + SCHEMA
            + " ORDER BY table_name, constraint_name";
      }
      return Feature.CHECKS.in(engine, version)
          ? "SELECT table_name, constraint_name, NULL, enforced FROM"
              + " information_schema.table_constraints WHERE constraint_type = 'CHECK' AND"
              + " table_schema = "
              + SCHEMA
              + " ORDER BY table_name, constraint_name"
          : NOTHING;
    }
  },
  /** {@code constraint, expression}, where the name alone says which: on MySQL. */
  CHECK_EXPRESSIONS {
    @Override
    String sql(Engine engine, EngineVersion version) {
      return engine == Engine.MYSQL && Feature.CHECKS.in(engine, version)
          ? "SELECT constraint_name, check_clause FROM information_schema.check_constraints WHERE"
              + " constraint_schema = "
              + SCHEMA
          : NOTHING;
    }
  },
  /** {@code table, constraint, on update, on delete}. */
  FOREIGN_KEYS {
    @Override
    String sql(Engine engine, EngineVersion version) {
      return "SELECT table_name, constraint_name, update_rule, delete_rule FROM"
          + " information_schema.referential_constraints WHERE constraint_schema = "
          + SCHEMA
          + " ORDER BY table_name, constraint_name";
    }
  },
  /** {@code table, constraint, column, parent's schema, parent, parent's column}. */
  FOREIGN_COLUMNS {
    @Override
    String sql(Engine engine, EngineVersion version) {
      return "SELECT table_name, constraint_name, column_name, referenced_table_schema,"
          + " referenced_table_name, referenced_column_name FROM"
          + " information_schema.key_column_usage WHERE referenced_table_name IS NOT NULL AND"
          + " table_schema = "
          + SCHEMA
          + " ORDER BY table_name, constraint_name, ordinal_position";
    }
  },
  /**
   * {@code table, partition, its part, method, method of parts, expression, expression of parts,
   * values}.
   */
  PARTITIONS {
    @Override
    String sql(Engine engine, EngineVersion version) {
      return "SELECT table_name, partition_name, subpartition_name, partition_method,"
          + " subpartition_method, partition_expression, subpartition_expression,"
          + " partition_description FROM information_schema.partitions WHERE partition_name IS NOT"
          + " NULL AND table_schema = "
          + SCHEMA
          + " ORDER BY table_name, partition_ordinal_position, subpartition_ordinal_position";
    }
  },
  /** {@code table, period, first column, last column}. */
  PERIODS {
    @Override
    String sql(Engine engine, EngineVersion version) {
      return Feature.PERIODS_SHOWN.in(engine, version)
          ? "SELECT table_name, period, start_column_name, end_column_name FROM"
              + " information_schema.periods WHERE table_schema = "
              + SCHEMA
              + " ORDER BY table_name"
          : NOTHING;
    }
  },
  /** {@code view, query, check option, security}. */
  VIEWS {
    @Override
    String sql(Engine engine, EngineVersion version) {
      return "SELECT table_name, view_definition, check_option, security_type FROM"
          + " information_schema.views WHERE table_schema = "
          + SCHEMA
          + " ORDER BY table_name";
    }
  },
  /** {@code routine, kind, returned type, deterministic, body, sql_mode}. */
  ROUTINES {
    @Override
    String sql(Engine engine, EngineVersion version) {
      return "SELECT routine_name, routine_type, dtd_identifier, is_deterministic,"
          + " routine_definition, sql_mode FROM information_schema.routines WHERE routine_type IN"
          + " ('FUNCTION', 'PROCEDURE') AND routine_schema = "
          + SCHEMA
          + " ORDER BY routine_name, routine_type";
    }
  },
  /** {@code routine, kind, direction, name, type}. */
  PARAMETERS {
    @Override
    String sql(Engine engine, EngineVersion version) {
      return "SELECT specific_name, routine_type, parameter_mode, parameter_name, dtd_identifier"
          + " FROM information_schema.parameters WHERE ordinal_position > 0 AND specific_schema = "
          + SCHEMA
          + " ORDER BY specific_name, routine_type, ordinal_position";
    }
  },
  /** {@code table, trigger, timing, event, body, sql_mode}. */
  TRIGGERS {
    @Override
    String sql(Engine engine, EngineVersion version) {
      return "SELECT event_object_table, trigger_name, action_timing, event_manipulation,"
          + " action_statement, sql_mode FROM information_schema.triggers WHERE trigger_schema = "
          + SCHEMA
          + " ORDER BY event_object_table, action_timing, event_manipulation, action_order";
    }
  },
  /** {@code event, time, number, unit, body, sql_mode}. */
  EVENTS {
    @Override
    String sql(Engine engine, EngineVersion version) {
      return "SELECT event_name, execute_at, interval_value, interval_field, event_definition,"
          + " sql_mode FROM information_schema.events WHERE event_schema = "
          + SCHEMA
          + " ORDER BY event_name";
    }
  };

  /** Stands where the schema's name goes, as a literal. */
  static final String SCHEMA = ":schema";

  private static final String NOTHING = "SELECT 1 FROM DUAL WHERE 1 = 0";

  abstract String sql(Engine engine, EngineVersion version);
}
