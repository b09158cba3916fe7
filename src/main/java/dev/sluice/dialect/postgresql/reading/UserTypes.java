package dev.sluice.dialect.postgresql.reading;

import dev.sluice.schema.Change;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.ObjectKind;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_domain_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_type_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_domain_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_type_statementContext;

/** Types that users make: enums, composites, ranges, domains. */
final class UserTypes {

  private final Words words;

  UserTypes(Words words) {
    this.words = words;
  }

  Change create(Create_type_statementContext statement) {
    QualifiedName name = words.qualified(statement.name);
    if (statement.AS() == null) {
      Fragment definition =
          new Fragment(words.behind(statement.name, statement), words.references(statement));
      return new Change.CreateObject(
          ObjectKind.TYPE, name, Optional.empty(), definition, false, false);
    }
    List<String> values =
        statement.ENUM() == null ? List.of() : statement.enums.stream().map(words::string).toList();
    Fragment definition =
        new Fragment(words.behind(statement.AS(), statement), words.references(statement));
    return new Change.CreateType(name, statement.ENUM() != null, values, definition);
  }

  Change createDomain(Create_domain_statementContext statement) {
    boolean constrained =
        statement.dom_constraint.stream().anyMatch(c -> c.CHECK() != null || c.NOT() != null);
    return new Change.CreateDomain(
        words.qualified(statement.name),
        new DataTypes(words).read(statement.dat_type),
        constrained,
        new Fragment(words.from(statement.dat_type, statement), words.references(statement)));
  }

  Change alter(Alter_type_statementContext statement) {
    QualifiedName name = words.qualified(statement.name);
    if (statement.rename_to() != null) {
      return new Change.RenameObject(
          ObjectKind.TYPE, name, Optional.empty(), "", words.name(statement.rename_to().name));
    }
    if (statement.set_schema() != null) {
      return new Change.MoveObject(
          ObjectKind.TYPE, name, "", words.name(statement.set_schema().identifier()));
    }
    if (statement.new_enum_value != null) {
      String position =
          statement.existing_enum_value == null
              ? ""
              : (statement.BEFORE() != null ? "BEFORE " : "AFTER ")
                  + words.of(statement.existing_enum_value);
      return new Change.AddEnumValue(
          name,
          words.string(statement.new_enum_value),
          position,
          statement.if_not_exists() != null);
    }
    if (statement.existing_enum_name != null) {
      return new Change.RenameEnumValue(
          name, words.string(statement.existing_enum_name), words.string(statement.new_enum_name));
    }
    return new Change.AlterObject(
        ObjectKind.TYPE, name, Optional.empty(), words.behind(statement.name, statement));
  }

  Change alterDomain(Alter_domain_statementContext statement) {
    QualifiedName name = words.qualified(statement.name);
    if (statement.rename_to() != null) {
      return new Change.RenameObject(
          ObjectKind.DOMAIN, name, Optional.empty(), "", words.name(statement.rename_to().name));
    }
    if (statement.set_schema() != null) {
      return new Change.MoveObject(
          ObjectKind.DOMAIN, name, "", words.name(statement.set_schema().identifier()));
    }
    return new Change.AlterObject(
        ObjectKind.DOMAIN, name, Optional.empty(), words.behind(statement.name, statement));
  }
}
