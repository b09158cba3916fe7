package dev.sluice.dialect.mysql.impact;

import dev.sluice.dialect.TypeChange;
import dev.sluice.schema.Algorithm;
import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.DataType;
import dev.sluice.schema.Impact;
import dev.sluice.schema.Impact.Lock;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Work;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The locks and the work of each change on MySQL and MariaDB. What is not known yet is taken at its
 * worst: the table is copied, and nobody reads or writes it meanwhile. DDL commits at once, so
 * nothing of it can be rolled back.
 */
public final class MysqlImpact {

  private MysqlImpact() {}

  /** What it costs on the schema as it stands before it. */
  public static Impact of(Change change, Schema before) {
    return switch (change) {
      case Change.SetParameter c -> Impact.NONE;
      case Change.SetServerParameter c -> Impact.NONE;
      case Change.UseSchema c -> Impact.NONE;
      case Change.TransactionControl c -> Impact.NONE;
      case Change.NoEffect c -> Impact.NONE;
      case Change.Grant c -> Impact.NONE;
      case Change.CreateTable c -> Impact.NONE.outsideTransaction();
      default -> worst(change);
    };
  }

  private static Impact worst(Change change) {
    List<Lock> locks =
        tables(change).stream().map(t -> new Lock(t, LockMode.MYSQL_EXCLUSIVE)).toList();
    return new Impact(locks, Work.REWRITE, Optional.of(Algorithm.COPY), false);
  }

  private static Set<QualifiedName> tables(Change change) {
    return switch (change) {
      case Change.DropTable c -> Set.of(c.table());
      case Change.RenameTable c -> Set.of(c.table());
      case Change.MoveTable c -> Set.of(c.table());
      case Change.AlterTable c -> Set.of(c.table());
      case Change.AlterPartitions c -> Set.of(c.table());
      case Change.AddColumn c -> Set.of(c.table());
      case Change.RedefineColumn c -> Set.of(c.table());
      case Change.DropColumn c -> Set.of(c.table());
      case Change.RenameColumn c -> Set.of(c.table());
      case Change.SetDefault c -> Set.of(c.table());
      case Change.DropDefault c -> Set.of(c.table());
      case Change.AlterColumnOption c -> Set.of(c.table());
      case Change.AddConstraint c -> Set.of(c.table());
      case Change.DropConstraint c -> Set.of(c.table());
      case Change.AlterConstraint c -> Set.of(c.table());
      case Change.CreateIndex c -> Set.of(c.index().table());
      case Change.DropIndex c -> c.table().map(Set::of).orElse(Set.of());
      case Change.RenameIndex c -> c.table().map(Set::of).orElse(Set.of());
      case Change.HideIndex c -> Set.of(c.table());
      case Change.CreateTrigger c -> Set.of(c.trigger().table());
      case Change.Insert c -> Set.of(c.table());
      case Change.Update c -> Set.of(c.table());
      case Change.Delete c -> Set.of(c.table());
      case Change.Copy c -> Set.of(c.table());
      case Change.Truncate c -> Set.copyOf(c.tables());
      case Change.LockTable c -> Set.copyOf(c.tables());
      case Change.Maintenance c -> Set.copyOf(c.tables());
      default -> Set.of();
    };
  }

  /** What changing a column's type means: the same, or else the most that it can mean. */
  public static TypeChange typeChange(Column column, DataType to) {
    return column.type().sameAs(to) ? TypeChange.SAME : TypeChange.CONVERSION;
  }
}
