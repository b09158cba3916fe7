package dev.sluice.dialect.mysql.impact;

import dev.sluice.dialect.mysql.impact.Cost.Trait;
import dev.sluice.schema.Change;
import dev.sluice.schema.Index;
import dev.sluice.sql.Name;
import java.util.Optional;

/** What changes of indexes cost. */
final class IndexImpact {

  /** InnoDB's own column for full-text search; a table that has it is not written anew for it. */
  private static final Name FULLTEXT_ID = Name.ignoringCase("FTS_DOC_ID");

  private final Server server;
  private final Storage storage;

  IndexImpact(Server server, Storage storage) {
    this.server = server;
    this.storage = storage;
  }

  /**
   * @param start the table as the statement found it
   */
  Cost create(Index index, Storage start) {
    return switch (index.method()) {
      case "fulltext" -> {
        boolean ready = storage.hasFulltext() || storage.column(FULLTEXT_ID).isPresent();
        yield Cost.of(ready ? Form.BUILD : Form.REBUILD, Trait.WRITES_WAIT, Trait.ADDS_FULLTEXT);
      }
      case "spatial", "vector" -> Cost.of(Form.BUILD, Trait.WRITES_WAIT);
      default -> tree(index, start);
    };
  }

  private Cost tree(Index index, Storage start) {
    // A hash over a whole TEXT needs a hidden virtual column beside it.
    if (server.isMariadb() && storage.isHashed(index)) {
      return Cost.of(Form.COPY);
    }
    boolean computed =
        index.columns().stream()
            .anyMatch(c -> c.column().map(n -> isNewVirtual(n, start)).orElse(true));
    if (storage.isKnown() && !storage.hasKey() && storage.mayCluster(index)) {
      // The rows are sorted by it from then on.
      return Cost.of(Form.REBUILD);
    }
    return computed ? Cost.of(Form.BUILD, Trait.WRITES_WAIT) : Cost.of(Form.BUILD);
  }

  /** Values of a virtual column that this statement adds are computed for each row. */
  private boolean isNewVirtual(Name column, Storage start) {
    return storage.column(column).map(Storage::isVirtual).orElse(false)
        && start.column(column).isEmpty();
  }

  Cost drop(Change.DropIndex change, Optional<Index> index) {
    if (index.isEmpty() && change.ifExists() && storage.isKnown()) {
      return Cost.of(Form.INSTANT, Trait.QUIET);
    }
    return index.map(this::dropped).orElseGet(() -> Cost.of(Form.CATALOG));
  }

  /** Rows are sorted by it where there is no primary key: then they are sorted anew. */
  Cost dropped(Index index) {
    boolean clusters = storage.primaryKey().isEmpty() && storage.mayCluster(index);
    return Cost.of(clusters ? Form.COPY : Form.CATALOG);
  }

  Cost named() {
    return Cost.of(server.isMariadb() ? Form.INSTANT : Form.CATALOG);
  }
}
