package dev.sluice.dialect.mysql.reading;

import dev.sluice.schema.Change;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.ObjectKind;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Databases, sequences, users, servers, tablespaces, plugins: what needs no words of its own. */
final class Objects {

  /** What ALTER DATABASE without a name speaks of. */
  private static final QualifiedName THIS_DATABASE = QualifiedName.of("this database");

  private Objects() {}

  /** The kind whose word stands here, which is then behind; empty where none does. */
  private static Optional<ObjectKind> kind(Cursor cursor) {
    if (cursor.acceptAny("DATABASE", "SCHEMA")) {
      return Optional.of(ObjectKind.SCHEMA);
    }
    if (cursor.acceptAny("USER", "ROLE")) {
      return Optional.of(ObjectKind.ROLE);
    }
    if (cursor.accept("SERVER")) {
      return Optional.of(ObjectKind.SERVER);
    }
    if (cursor.accept("TABLESPACE")
        || cursor.accept("UNDO", "TABLESPACE")
        || cursor.accept("LOGFILE", "GROUP")) {
      return Optional.of(ObjectKind.TABLESPACE);
    }
    return Optional.empty();
  }

  /** Behind CREATE; empty where it creates nothing of these. */
  static Optional<List<Change>> create(Cursor cursor, boolean orReplace) {
    int mark = cursor.mark();
    boolean temporary = cursor.accept("TEMPORARY");
    if (cursor.uses(Syntax.SEQUENCE, cursor.accept("SEQUENCE"))) {
      return Optional.of(sequence(cursor, orReplace));
    }
    if (temporary) {
      cursor.back(mark);
      return Optional.empty();
    }
    Optional<ObjectKind> kind = kind(cursor);
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    boolean ifNotExists = cursor.ifNotExists();
    List<Change> changes = new ArrayList<>();
    if (kind.get() == ObjectKind.ROLE) {
      // What stands behind a user is mostly a password.
      for (QualifiedName name : accounts(cursor)) {
        changes.add(made(kind.get(), name, "", orReplace, ifNotExists));
      }
      cursor.rest();
      return Optional.of(changes);
    }
    QualifiedName name = new QualifiedName(Optional.empty(), cursor.name());
    if (orReplace && kind.get() == ObjectKind.SCHEMA) {
      changes.add(
          new Change.DropObject(ObjectKind.SCHEMA, name, Optional.empty(), "", true, false));
    }
    changes.add(made(kind.get(), name, cursor.rest(), false, ifNotExists));
    return Optional.of(changes);
  }

  private static Change made(
      ObjectKind kind, QualifiedName name, String text, boolean orReplace, boolean ifNotExists) {
    return new Change.CreateObject(
        kind, name, Optional.empty(), Fragment.literal(text), orReplace, ifNotExists);
  }

  private static List<Change> sequence(Cursor cursor, boolean orReplace) {
    boolean ifNotExists = cursor.ifNotExists();
    QualifiedName name = cursor.table();
    Change create = new Change.CreateSequence(name, cursor.rest(), Optional.empty(), ifNotExists);
    return orReplace
        ? List.of(
            new Change.DropObject(ObjectKind.SEQUENCE, name, Optional.empty(), "", true, false),
            create)
        : List.of(create);
  }

  /** Behind ALTER; empty where it alters nothing of these. */
  static Optional<List<Change>> alter(Cursor cursor) {
    if (cursor.uses(Syntax.SEQUENCE, cursor.accept("SEQUENCE"))) {
      cursor.ifExists();
      QualifiedName name = cursor.table();
      return Optional.of(List.of(new Change.AlterSequence(name, cursor.rest(), Optional.empty())));
    }
    if (cursor.isAny("PROCEDURE", "FUNCTION")) {
      ObjectKind kind = cursor.next().is("PROCEDURE") ? ObjectKind.PROCEDURE : ObjectKind.FUNCTION;
      QualifiedName name = cursor.routine();
      return Optional.of(
          List.of(new Change.AlterObject(kind, name, Optional.empty(), cursor.rest())));
    }
    if (cursor.accept("INSTANCE")) {
      return Optional.of(
          List.of(
              new Change.AlterObject(
                  ObjectKind.DATABASE, THIS_DATABASE, Optional.empty(), cursor.rest())));
    }
    Optional<ObjectKind> kind = kind(cursor);
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    cursor.ifExists();
    return Optional.of(
        switch (kind.get()) {
          case ROLE -> {
            List<Change> changes = new ArrayList<>();
            for (QualifiedName name : accounts(cursor)) {
              changes.add(new Change.AlterObject(ObjectKind.ROLE, name, Optional.empty(), ""));
            }
            cursor.rest();
            yield changes;
          }
          case SCHEMA -> List.of(database(cursor));
          default -> {
            QualifiedName name = new QualifiedName(Optional.empty(), cursor.name());
            yield List.of(
                new Change.AlterObject(kind.get(), name, Optional.empty(), cursor.rest()));
          }
        });
  }

  private static Change database(Cursor cursor) {
    boolean named =
        !cursor.isAny(
            "DEFAULT", "CHARACTER", "CHARSET", "COLLATE", "ENCRYPTION", "READ", "COMMENT");
    QualifiedName name = named ? new QualifiedName(Optional.empty(), cursor.name()) : THIS_DATABASE;
    return new Change.AlterObject(ObjectKind.SCHEMA, name, Optional.empty(), cursor.rest());
  }

  /** Behind DROP; empty where it drops nothing of these. */
  static Optional<List<Change>> drop(Cursor cursor) {
    int mark = cursor.mark();
    boolean temporary = cursor.accept("TEMPORARY");
    if (cursor.uses(Syntax.SEQUENCE, cursor.accept("SEQUENCE"))) {
      boolean ifExists = cursor.ifExists();
      return Optional.of(dropped(ObjectKind.SEQUENCE, cursor.tables(), ifExists));
    }
    if (temporary) {
      cursor.back(mark);
      return Optional.empty();
    }
    Optional<ObjectKind> kind = kind(cursor);
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    boolean ifExists = cursor.ifExists();
    if (kind.get() == ObjectKind.ROLE) {
      return Optional.of(dropped(ObjectKind.ROLE, accounts(cursor), ifExists));
    }
    QualifiedName name = new QualifiedName(Optional.empty(), cursor.name());
    if (kind.get() == ObjectKind.TABLESPACE) {
      cursor.rest();
    }
    return Optional.of(dropped(kind.get(), List.of(name), ifExists));
  }

  static List<Change> dropped(ObjectKind kind, List<QualifiedName> names, boolean ifExists) {
    return names.stream()
        .<Change>map(n -> new Change.DropObject(kind, n, Optional.empty(), "", ifExists, false))
        .toList();
  }

  /** Users and roles: {@code 'a'@'b', c}. */
  private static List<QualifiedName> accounts(Cursor cursor) {
    List<QualifiedName> names = new ArrayList<>();
    boolean more = true;
    while (more) {
      names.add(new QualifiedName(Optional.empty(), account(cursor)));
      cursor.skipTo(",", ";");
      // Options of one user may hold commas, and then something else than a name follows.
      more = cursor.is(",") && isAccount(cursor.ahead(1)) && cursor.accept(",");
    }
    return names;
  }

  private static boolean isAccount(Token token) {
    return token.kind() == Token.Kind.STRING
        || token.kind() == Token.Kind.QUOTED
        || token.kind() == Token.Kind.WORD;
  }

  static Name account(Cursor cursor) {
    if (cursor.acceptAny("CURRENT_USER", "CURRENT_ROLE", "USER")) {
      if (cursor.accept("(")) {
        cursor.expect(")");
      }
      return new Name(cursor.before().text());
    }
    StringBuilder name =
        new StringBuilder(cursor.isString() ? cursor.string() : cursor.name().text());
    if (cursor.token().kind() == Token.Kind.VARIABLE) {
      name.append(cursor.next().text().replaceAll("['`\"]", ""));
    }
    return new Name(name.isEmpty() ? "''" : name.toString());
  }
}
