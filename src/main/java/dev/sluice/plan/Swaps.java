package dev.sluice.plan;

import dev.sluice.dialect.Writer;
import dev.sluice.plan.Course.Swap;
import dev.sluice.schema.Change.CreateView;
import dev.sluice.schema.References;
import dev.sluice.schema.Schema;
import dev.sluice.schema.View;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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
    Set<QualifiedName> ended = new HashSet<>();
    for (Swap swap : swaps) {
      List<View> views =
          reading(swap.standIn()).stream().filter(v -> !ended.contains(v.name())).toList();
      if (swap.standIn() instanceof StandIn.View view) {
        ended.add(view.name());
      }
      complete.replaceAll(p -> p.number() == swap.step() ? around(p, views) : p);
    }
    return complete;
  }

  /** What reads the stand-in, and what reads that; the nearest first. */
  private List<View> reading(StandIn standIn) {
    Set<View> views = new LinkedHashSet<>();
    switch (standIn) {
      case StandIn.None none -> {}
      case StandIn.View view -> views.addAll(pre.viewsReading(view.name()));
      case StandIn.Copy copy ->
          pre.viewsReading(copy.name().table()).stream()
              .filter(v -> !before.view(v.name()).map(v::equals).orElse(false))
              .filter(v -> names(v.query().references(), copy))
              .forEach(views::add);
    }
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

  private static boolean names(References references, StandIn.Copy copy) {
    return references.names(copy.name().table(), copy.name().column());
  }

  private Planned around(Planned swap, List<View> views) {
    if (views.isEmpty() || !(swap.draft().action() instanceof Action.Ddl ddl)) {
      return swap;
    }
    List<String> sql = new ArrayList<>();
    for (View view : views.reversed()) {
      writer.detach(view.name()).ifPresent(sql::add);
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
