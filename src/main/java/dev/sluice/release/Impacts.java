package dev.sluice.release;

import dev.sluice.schema.Change;
import dev.sluice.schema.Impact;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Work;
import dev.sluice.sql.QualifiedName;
import java.util.List;

/** What a change costs others: nobody waits for what the release itself makes. */
final class Impacts {
  private Impacts() {}

  static Impact without(Impact whole, Change change, Schema before, Made made) {
    List<Impact.Lock> others =
        whole.locks().stream().filter(l -> !made.relation(before.resolve(l.relation()))).toList();
    boolean nobodyWaits = others.isEmpty() && !whole.locks().isEmpty();
    boolean noRows =
        !rowsOf(change).isEmpty()
            && rowsOf(change).stream().allMatch(t -> made.relation(before.resolve(t)));
    return new Impact(
        others,
        nobodyWaits || noRows ? Work.INSTANT : whole.work(),
        whole.algorithm(),
        whole.transactional());
  }

  /** The tables whose rows it reads or writes anew; empty where it has another measure. */
  private static List<QualifiedName> rowsOf(Change change) {
    return switch (change) {
      case Change.AddColumn c -> List.of(c.table());
      case Change.RedefineColumn c -> List.of(c.table());
      case Change.AlterPartitions c -> List.of(c.table());
      case Change.AlterColumnType c -> List.of(c.table());
      case Change.SetNotNull c -> List.of(c.table());
      case Change.SetExpression c -> List.of(c.table());
      case Change.AddConstraint c -> List.of(c.table());
      case Change.ValidateConstraint c -> List.of(c.table());
      case Change.CreateIndex c -> List.of(c.index().table());
      case Change.AlterTable c -> List.of(c.table());
      case Change.AttachPartition c -> List.of(c.parent(), c.partition());
      default -> List.of();
    };
  }
}
