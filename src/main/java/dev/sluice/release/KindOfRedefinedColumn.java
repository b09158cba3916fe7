package dev.sluice.release;

import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Fragment;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * MODIFY and CHANGE: what the new definition says otherwise than the old one, part by part, as if
 * each part were a change of its own. It cannot be split.
 */
final class KindOfRedefinedColumn {
  private KindOfRedefinedColumn() {}

  static Verdict of(Change.RedefineColumn change, Scene scene) {
    QualifiedName table = change.table();
    Optional<Column> before = scene.column(table, change.column());
    List<Verdict> parts = new ArrayList<>();
    if (change.renames()) {
      parts.add(
          KindOfColumnChange.rename(
              new Change.RenameColumn(table, change.column(), change.definition().name()), scene));
    }
    if (before.isPresent()) {
      parts.addAll(differences(before.get(), change, scene));
    } else {
      parts.add(
          Verdict.replace(
              "what it was before is not known: every value is taken as stored anew as "
                  + change.definition().type()));
    }
    for (Constraint constraint : change.constraints()) {
      parts.add(KindOfConstraintChange.add(new Change.AddConstraint(table, constraint), scene));
    }
    List<Verdict> telling =
        parts.stream().filter(p -> p.kind() != Kind.EXPAND || p.neededByNew()).toList();
    List<Verdict> counted = telling.isEmpty() ? parts : telling;
    return counted.stream()
        .reduce(KindOfRedefinedColumn::both)
        .orElseGet(() -> Verdict.optional("the same column in other words"));
  }

  /** A rename or replacement is split over the phases, and takes what else changes along. */
  private static Verdict both(Verdict one, Verdict other) {
    for (Kind split : List.of(Kind.RENAME, Kind.REPLACE)) {
      if (one.kind() == split) {
        return one.also(other.reasons());
      }
      if (other.kind() == split) {
        return other.also(one.reasons());
      }
    }
    // What one part refuses to the old version decides, whatever the others allow.
    if (one.kind() == Kind.CONTRACT || other.kind() == Kind.CONTRACT) {
      Verdict contract = one.kind() == Kind.CONTRACT ? one : other;
      return contract.also((contract.equals(one) ? other : one).reasons());
    }
    return one.and(other);
  }

  private static List<Verdict> differences(
      Column before, Change.RedefineColumn change, Scene scene) {
    QualifiedName table = change.table();
    Name column = change.column();
    Column after = change.definition();
    List<Verdict> parts = new ArrayList<>();
    if (!before.type().sameAs(after.type())) {
      parts.add(
          KindOfColumnChange.type(
              new Change.AlterColumnType(
                  table, column, after.type(), Optional.empty(), Optional.empty()),
              scene));
    }
    if (!generation(before).equals(generation(after))) {
      parts.add(Verdict.replace("the old version reads " + column + " as it was computed before"));
    }
    boolean inKey = scene.table(table).map(t -> t.primaryKey().contains(column)).orElse(false);
    if (before.nullable() && !after.nullable()) {
      parts.add(KindOfColumnChange.setNotNull(new Change.SetNotNull(table, column), scene));
    } else if (!before.nullable() && after.nullable() && !inKey) {
      parts.add(KindOfColumnChange.dropNotNull(new Change.DropNotNull(table, column), scene));
    }
    parts.addAll(values(before, change, scene));
    boolean text = after.attributes().charset().isPresent();
    if (text && !before.attributes().charset().equals(after.attributes().charset())) {
      parts.add(Charsets.change(before.attributes().charset(), after.attributes().charset()));
    }
    Optional<Verdict> coarser =
        scene.table(table).flatMap(t -> Collations.coarser(before, after, t, scene));
    if (coarser.isPresent()) {
      parts.add(coarser.get());
    } else if (!before.collation().equals(after.collation())) {
      parts.add(
          Verdict.expand("texts sort and compare by another collation")
              .also("for the old version too"));
    }
    if (before.attributes().invisible() && !after.attributes().invisible()) {
      parts.add(Verdict.contract("INSERTs of the old version without columns would lack a value"));
    } else if (!before.attributes().invisible() && after.attributes().invisible()) {
      parts.add(Verdict.contract("SELECT * of the old version no longer finds it"));
    }
    if (parts.isEmpty() && change.position().isPresent()) {
      parts.add(
          Verdict.optional(
              "the same column at another place: SELECT * and INSERTs that name no columns meet"
                  + " the columns in that order"));
    }
    return parts;
  }

  /** What an INSERT or UPDATE gets that says nothing of the column. */
  private static List<Verdict> values(Column before, Change.RedefineColumn change, Scene scene) {
    Column after = change.definition();
    List<Verdict> parts = new ArrayList<>();
    Optional<String> was = before.defaultValue().map(Fragment::sql);
    Optional<String> is = after.defaultValue().map(Fragment::sql);
    boolean nothing = after.mayBeOmitted() && is.isEmpty() && meansNull(was);
    if (!was.equals(is) && !nothing) {
      parts.add(
          is.map(
                  v ->
                      KindOfColumnChange.setDefault(
                          new Change.SetDefault(
                              change.table(), change.column(), Fragment.literal(v))))
              .orElseGet(
                  () ->
                      KindOfColumnChange.dropDefault(
                          new Change.DropDefault(change.table(), change.column()), scene)));
    }
    if (before.identity().isPresent() && after.identity().isEmpty()) {
      parts.add(KindOfColumnChange.dropIdentity());
    } else if (before.identity().isEmpty() && after.identity().isPresent()) {
      parts.add(Verdict.expand("INSERTs that leave it out get a number"));
    }
    if (before.attributes().onUpdate().isPresent()
        && !before.attributes().onUpdate().equals(after.attributes().onUpdate())) {
      parts.add(Verdict.contract("UPDATEs of the old version count on the time that they set"));
    }
    return parts;
  }

  private static boolean meansNull(Optional<String> value) {
    return value.map(v -> v.strip().equalsIgnoreCase("null")).orElse(true);
  }

  private static String generation(Column column) {
    return column
        .generated()
        .map(g -> g.stored() + " " + g.expression().sql().replaceAll("\\s+", " ").strip())
        .orElse("");
  }
}
