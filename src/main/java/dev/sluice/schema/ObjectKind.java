package dev.sluice.schema;

/**
 * Kinds of objects besides tables, columns, constraints and indexes, which have changes of their
 * own.
 */
public enum ObjectKind {
  VIEW("View"),
  MATERIALIZED_VIEW("MaterializedView"),
  SEQUENCE("Sequence"),
  FUNCTION("Function"),
  PROCEDURE("Procedure"),
  AGGREGATE("Aggregate"),
  TRIGGER("Trigger"),
  EVENT_TRIGGER("EventTrigger"),
  EVENT("Event"),
  TYPE("Type"),
  DOMAIN("Domain"),
  SCHEMA("Schema"),
  DATABASE("Database"),
  EXTENSION("Extension"),
  POLICY("Policy"),
  RULE("Rule"),
  STATISTICS("Statistics"),
  COLLATION("Collation"),
  CONVERSION("Conversion"),
  CAST("Cast"),
  OPERATOR("Operator"),
  OPERATOR_CLASS("OperatorClass"),
  OPERATOR_FAMILY("OperatorFamily"),
  TEXT_SEARCH("TextSearch"),
  LANGUAGE("Language"),
  TRANSFORM("Transform"),
  ACCESS_METHOD("AccessMethod"),
  FOREIGN_TABLE("ForeignTable"),
  FOREIGN_DATA_WRAPPER("ForeignDataWrapper"),
  SERVER("Server"),
  USER_MAPPING("UserMapping"),
  PUBLICATION("Publication"),
  SUBSCRIPTION("Subscription"),
  ROLE("Role"),
  TABLESPACE("Tablespace");

  private final String word;

  ObjectKind(String word) {
    this.word = word;
  }

  /** As in {@code DropView}: the second half of a change's name in reports. */
  public String word() {
    return word;
  }

  /** Within what its name is unique. */
  public enum Scope {
    TABLE,
    SCHEMA,
    DATABASE
  }

  /** Within what names of this kind are unique. */
  public Scope scope() {
    return switch (this) {
      case TRIGGER, POLICY, RULE -> Scope.TABLE;
      case VIEW,
          MATERIALIZED_VIEW,
          SEQUENCE,
          FUNCTION,
          PROCEDURE,
          AGGREGATE,
          EVENT,
          TYPE,
          DOMAIN,
          STATISTICS,
          COLLATION,
          CONVERSION,
          OPERATOR,
          OPERATOR_CLASS,
          OPERATOR_FAMILY,
          TEXT_SEARCH,
          FOREIGN_TABLE ->
          Scope.SCHEMA;
      case EVENT_TRIGGER,
          SCHEMA,
          DATABASE,
          EXTENSION,
          CAST,
          LANGUAGE,
          TRANSFORM,
          ACCESS_METHOD,
          FOREIGN_DATA_WRAPPER,
          SERVER,
          USER_MAPPING,
          PUBLICATION,
          SUBSCRIPTION,
          ROLE,
          TABLESPACE ->
          Scope.DATABASE;
    };
  }

  /** Whether its name says which one it is; of the others only their own text does. */
  public boolean isNamedByOneIdentifier() {
    return switch (this) {
      case CAST, OPERATOR, OPERATOR_CLASS, OPERATOR_FAMILY, TEXT_SEARCH, TRANSFORM, USER_MAPPING ->
          false;
      case VIEW,
          MATERIALIZED_VIEW,
          SEQUENCE,
          FUNCTION,
          PROCEDURE,
          AGGREGATE,
          TRIGGER,
          EVENT_TRIGGER,
          EVENT,
          TYPE,
          DOMAIN,
          SCHEMA,
          DATABASE,
          EXTENSION,
          POLICY,
          RULE,
          STATISTICS,
          COLLATION,
          CONVERSION,
          LANGUAGE,
          ACCESS_METHOD,
          FOREIGN_TABLE,
          FOREIGN_DATA_WRAPPER,
          SERVER,
          PUBLICATION,
          SUBSCRIPTION,
          ROLE,
          TABLESPACE ->
          true;
    };
  }

  /** As in SQL: {@code MATERIALIZED VIEW}. */
  public String sql() {
    return name().replace('_', ' ');
  }
}
