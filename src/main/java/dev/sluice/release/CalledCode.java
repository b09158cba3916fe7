package dev.sluice.release;

import dev.sluice.dialect.Dialect;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.Block;
import dev.sluice.schema.Change.Query;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.References;
import dev.sluice.schema.Schema;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A call of a routine that does more than read and change rows, as the block of code that then
 * runs. What a routine does to rows its references tell already.
 */
final class CalledCode {

  private final Dialect dialect;

  CalledCode(Dialect dialect) {
    this.dialect = dialect;
  }

  /** The change itself where it calls no such routine. */
  Change of(Change change, Schema schema) {
    return of(change, schema, new LinkedHashSet<>());
  }

  private Change of(Change change, Schema schema, Set<QualifiedName> around) {
    return switch (change) {
      case Query query -> called(query, schema, around);
      case Block block -> inside(block, schema, around);
      default -> change;
    };
  }

  private Change called(Query query, Schema schema, Set<QualifiedName> around) {
    List<Change> changes = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    Set<QualifiedName> calls = new LinkedHashSet<>();
    Set<QualifiedName> others = new LinkedHashSet<>();
    for (QualifiedName function : query.query().references().functions()) {
      QualifiedName name = schema.resolve(function);
      if (around.contains(name)) {
        // Its code stands around it already.
        calls.add(name);
        continue;
      }
      Optional<Block> body = more(name, schema, around);
      if (body.isEmpty()) {
        others.add(function);
        continue;
      }
      Block code = body.get();
      changes.addAll(code.changes());
      code.unknown().forEach(why -> unknown.add(name.name() + ": " + why));
      calls.add(name);
      calls.addAll(code.calls());
    }
    if (calls.isEmpty()) {
      return query;
    }
    Fragment rest = without(query.query(), others);
    if (!rest.references().touchNothing()) {
      changes.addFirst(new Query(rest));
    }
    return new Block(changes, unknown, calls);
  }

  private Block inside(Block block, Schema schema, Set<QualifiedName> around) {
    List<Change> changes = new ArrayList<>();
    List<String> unknown = new ArrayList<>(block.unknown());
    Set<QualifiedName> calls = new LinkedHashSet<>(block.calls());
    Schema before = schema;
    for (Change change : block.changes()) {
      if (of(change, before, around) instanceof Block inner) {
        changes.addAll(inner.changes());
        unknown.addAll(inner.unknown());
        calls.addAll(inner.calls());
      } else {
        changes.add(change);
      }
      before = before.after(change);
    }
    return new Block(changes, unknown, calls);
  }

  /** The code of a routine that does more than its references tell. */
  private Optional<Block> more(QualifiedName name, Schema schema, Set<QualifiedName> around) {
    Set<QualifiedName> within = new LinkedHashSet<>(around);
    within.add(name);
    return schema
        .routine(name)
        .flatMap(dialect::body)
        .map(body -> inside(body, schema, within))
        .filter(
            b -> !b.unknown().isEmpty() || !b.changes().stream().allMatch(CalledCode::isOfRows));
  }

  private static boolean isOfRows(Change change) {
    return switch (change) {
      case Change.Insert i -> true;
      case Change.Update u -> true;
      case Change.Delete d -> true;
      case Change.Merge m -> true;
      case Change.Copy c -> true;
      case Query q -> true;
      case Change.SetParameter s -> true;
      case Change.TransactionControl t -> true;
      case Change.NoEffect n -> true;
      default -> false;
    };
  }

  private static Fragment without(Fragment query, Set<QualifiedName> functions) {
    References names = query.references();
    return new Fragment(query.sql(), names.doing(names.writes(), functions));
  }
}
