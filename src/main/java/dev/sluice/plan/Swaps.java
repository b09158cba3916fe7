package dev.sluice.plan;

import dev.sluice.dialect.Writer;
import dev.sluice.plan.Course.Swap;
import dev.sluice.schema.Change.CreateView;
import dev.sluice.schema.Schema;
import dev.sluice.schema.View;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The ends of stand-ins. Views that this release makes may read a stand-in, and would not let it
 * go: in the transaction that ends it they let go of it for a moment, and then read what bears the
 * name from there on.
 */
final class Swaps {

  private final Writer writer;
  private final Schema pre;
  private final Schema before;

  /**
   * @param pre at the end of pre-deploy
   * @param before the release
   */
  Swaps(Writer writer, Schema pre, Schema before) {
    this.writer = writer;
    this.pre = pre;
    this.before = before;
  }

  List<Planned> complete(List<Planned> planned, List<Swap> swaps) {
    List<Planned> complete = new ArrayList<>(planned);
    List<StandIn.View> ended = new ArrayList<>();
    for (Swap swap : swaps) {
      List<View> views = reading(swap.standIn(), ended);
      if (swap.standIn() instanceof StandIn.View view) {
        ended.add(view);
      }
      complete.replaceAll(p -> p.number() == swap.step() ? around(p, views) : p);
    }
    return complete;
  }

  /**
   * What reads the stand-in, and what reads that; the nearest first.
   *
   * @param ended views that stood in and are gone by then: what read them reads the table
   */
  private List<View> reading(StandIn standIn, List<StandIn.View> ended) {
    Set<View> views = new LinkedHashSet<>();
    switch (standIn) {
      case StandIn.None none -> {}
      case StandIn.View view -> views.addAll(pre.viewsReading(view.name()));
      case StandIn.Copy copy -> {
        QualifiedName table = copy.name().table();
        naming(table, copy).forEach(views::add);
        ended.stream()
            .filter(v -> v.table().equals(table))
            .forEach(v -> naming(v.name(), copy).forEach(views::add));
      }
    }
    Set<QualifiedName> gone = ended.stream().map(StandIn.View::name).collect(Collectors.toSet());
    views.removeIf(v -> gone.contains(v.name()));
    List<View> open = new ArrayList<>(views);
    while (!open.isEmpty()) {
      for (View next : pre.viewsReading(open.removeFirst().name())) {
        // Moved behind what it reads.
        views.remove(next);
        views.add(next);
        open.add(next);
      }
    }
    return List.copyOf(views);
  }

  /** Views of this release that name the copy as a column of that relation. */
  private Stream<View> naming(QualifiedName relation, StandIn.Copy copy) {
    return pre.viewsReading(relation).stream()
        .filter(v -> !before.view(v.name()).map(v::equals).orElse(false))
        .filter(v -> v.query().references().names(relation, copy.name().column()));
  }

  private Planned around(Planned swap, List<View> views) {
    List<String> sql = new ArrayList<>();
    for (View view : views.reversed()) {
      writer.detach(view.name()).ifPresent(sql::add);
    }
    // A view that holds on to nothing finds what bears the name by itself.
    if (sql.isEmpty() || !(swap.draft().action() instanceof Action.Ddl ddl)) {
      return swap;
    }
    sql.addAll(ddl.sql());
    for (View view : views) {
      sql.add(writer.write(new CreateView(view, true, false, false)));
    }
    Draft draft = swap.draft().running(new Action.Ddl(sql, ddl.transactional()));
    return swap.with(
        draft.because(draft.why() + "; views that read it let go of it for that transaction"));
  }
}
