package dev.sluice.release;

import dev.sluice.schema.Change;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Constraint.ForeignKey;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.schema.TableProperties;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Tables as wholes. */
final class KindOfTableChange {
  private static final String STORED =
      "how the table is stored: no statement of either version sees it";

  private static final String STORED_BY_ENGINE =
      "how the table is stored: no statement of either version sees it";

  /** Engines that keep transactions. */
  private static final Set<String> TRANSACTIONAL =
      Set.of("innodb", "rocksdb", "myrocks", "tokudb", "ndb", "ndbcluster");

  private KindOfTableChange() {}

  static Verdict create(Change.CreateTable change, Scene scene) {
    QualifiedName name = change.table().name();
    if (change.temporary()) {
      return Verdict.accompanies("temporary: only this session sees it");
    }
    if (change.ifNotExists() && scene.table(name).isPresent()) {
      return Verdict.nothing(name + " is there already: nothing happens");
    }
    if (change.query().isPresent()) {
      Set<QualifiedName> sources = Sources.of(change.query().get().references(), scene, Set.of());
      if (!sources.isEmpty()) {
        return Verdict.backfill("a new table, filled once from " + Sources.listed(sources))
            .also(Sources.KEPT_UP);
      }
    }
    Verdict verdict = Verdict.expand("a new table: the old version does not know it");
    for (Constraint constraint : change.table().constraints()) {
      if (constraint instanceof ForeignKey key) {
        verdict = verdict.also(KindOfConstraintChange.deletesOfParent(key, name, scene));
      }
    }
    return verdict;
  }

  static Verdict drop(Change.DropTable change, Scene scene) {
    QualifiedName name = change.table();
    if (change.temporary()) {
      return Verdict.accompanies("temporary: only this session sees it");
    }
    Verdict verdict =
        Verdict.contract("the old version reads and writes " + name + " until it is gone")
            .also(BrokenViews.remarks(name, scene))
            .also(scene.remarks(name));
    for (Constraint constraint : scene.table(name).map(Table::constraints).orElse(List.of())) {
      if (constraint instanceof ForeignKey key
          && key.enforced()
          && !scene.resolve(name).equals(key.parent())) {
        verdict = verdict.also(companion(key, name));
      }
    }
    List<String> others = new ArrayList<>();
    for (Schema.Referencing referencing : scene.before().foreignKeysTo(name)) {
      if (!referencing.table().equals(scene.resolve(name))) {
        others.add(referencing.table().name().text());
      }
    }
    return others.isEmpty()
        ? verdict
        : verdict.also(
            "foreign keys of " + String.join(", ", others) + " point at it and go before it");
  }

  private static String companion(ForeignKey key, QualifiedName table) {
    String name = key.name().map(n -> "foreign key " + n).orElse("foreign key");
    return switch (key.onDelete()) {
      case NO_ACTION, RESTRICT ->
          "companion: its "
              + name
              + " is dropped before the deployment, because it refuses the new version's deletes"
              + " from "
              + key.parent().name()
              + " while "
              + table
              + " still has rows";
      case CASCADE, SET_NULL, SET_DEFAULT ->
          "its "
              + name
              + " to "
              + key.parent().name()
              + " clears up after deletes until it goes: the old version relies on that";
    };
  }

  static Verdict rename(QualifiedName table, Object to, Scene scene) {
    return Verdict.rename(
            "the old version says " + table + ", the new one " + to + ", and both run at once")
        .also(BrokenViews.remarks(table, scene))
        .also(scene.remarks(table));
  }

  private static Verdict logged(QualifiedName table, boolean unlogged, Scene scene) {
    boolean so =
        scene.before().isCertain(table)
            && scene.table(table).map(t -> t.unlogged() == unlogged).orElse(false);
    return so
        ? Verdict.nothing("it is " + (unlogged ? "UNLOGGED" : "LOGGED") + " already")
        : Verdict.optional(
            unlogged
                ? "no statement on the primary sees it: its rows are lost in a crash, and no standby"
                    + " can read it"
                : STORED);
  }

  static Verdict alter(Change.AlterTable change, Scene scene) {
    String text = change.text().toUpperCase(Locale.ROOT);
    return switch (change.property()) {
      case LOGGED -> logged(change.table(), false, scene);
      case UNLOGGED -> logged(change.table(), true, scene);
      case PARAMETERS, TABLESPACE, ACCESS_METHOD, CLUSTER_ON, REPLICA_IDENTITY ->
          Verdict.optional(STORED);
      case ROW_SECURITY -> rowSecurity(text);
      case INHERIT ->
          Verdict.expand("its rows now show in the parent")
              .also("the old version meets them there too");
      case NO_INHERIT ->
          Verdict.contract("its rows vanish from the parent, where the old version reads them");
      case OF_TYPE -> Verdict.optional("ties the table to a type: no statement sees it");
      case ENGINE -> engine(change, scene);
      case ROW_FORMAT,
          KEY_BLOCK_SIZE,
          AUTO_INCREMENT,
          COMMENT,
          FORCE,
          ORDER_BY,
          PARTITION_BY,
          REMOVE_PARTITIONING,
          ENCRYPTION,
          COMPRESSION,
          KEYS,
          OTHER_OPTION ->
          Verdict.optional(STORED_BY_ENGINE);
      case DEFAULT_CHARSET ->
          Verdict.optional("what new columns get: those that are there keep theirs");
      case CONVERT_CHARSET -> Charsets.converted(change, scene);
      case ADD_VERSIONING, PERIOD ->
          Verdict.expand("former states of rows are kept, or a period named")
              .also("for the old version too");
      case DROP_VERSIONING ->
          Verdict.contract("the old version reads former states of rows until they are gone");
      case TABLESPACE_FILE ->
          text.contains("DISCARD")
              ? Verdict.contract("the rows are gone until a file is imported")
              : Verdict.expand("the rows of the imported file are there");
    };
  }

  private static Verdict engine(Change.AlterTable change, Scene scene) {
    Map<String, String> to = new TreeMap<>();
    TableProperties.put(to, change.property(), change.text());
    String engine = to.getOrDefault("ENGINE", "").replaceAll("['\"`]", "");
    boolean same =
        scene
            .table(change.table())
            .flatMap(t -> Optional.ofNullable(t.properties().get("ENGINE")))
            .filter(engine::equalsIgnoreCase)
            .isPresent();
    if (same || TRANSACTIONAL.contains(engine.toLowerCase(Locale.ROOT))) {
      return Verdict.optional(STORED_BY_ENGINE);
    }
    return Verdict.undecided(
            engine
                + " is not known to keep transactions: what a version rolls back stays there, and a"
                + " foreign key is not kept")
        .also(Verdict.ASKS);
  }

  static Verdict partitions(Change.AlterPartitions change, Scene scene) {
    return switch (change.operation()) {
      case ADD -> Verdict.expand("room for rows that no partition took before");
      case DROP, TRUNCATE ->
          Verdict.contract("the old version reads the rows in it until they are gone")
              .also(scene.remarks(change.table()));
      case EXCHANGE ->
          Verdict.replace("rows of both tables change places under both versions")
              .also(scene.remarks(change.table()));
      case CONVERT_IN -> Verdict.contract("the old version uses the table until it is gone");
      case CONVERT_OUT ->
          Verdict.contract("its rows vanish from the table, where the old version reads them");
      case DISCARD_TABLESPACE ->
          Verdict.contract("the rows in it are gone until a file is imported");
      case IMPORT_TABLESPACE -> Verdict.expand("the rows of the imported file are there");
      case REORGANIZE, COALESCE, REBUILD ->
          Verdict.optional("the same rows, in other partitions or stored anew");
      case OPTIMIZE, ANALYZE, CHECK, REPAIR ->
          Verdict.nothing("the same rows, stored or estimated anew");
    };
  }

  private static Verdict rowSecurity(String text) {
    return text.contains("DISABLE") || text.contains("NO FORCE")
        ? Verdict.contract("the old version relies on row security to hide rows from it")
        : Verdict.contract("row security hides rows from the old version that it reads today");
  }

  static Verdict attach(Change.AttachPartition change) {
    return Verdict.expand("the rows of " + change.partition() + " now show in " + change.parent());
  }

  static Verdict detach(Change.DetachPartition change, Scene scene) {
    if (change.completes()) {
      return Verdict.optional(
          "its rows are out of " + change.parent() + " since the detaching that it completes");
    }
    return Verdict.contract(
            "its rows vanish from " + change.parent() + ", where the old version reads them")
        .also(scene.remarks(change.parent()));
  }
}
