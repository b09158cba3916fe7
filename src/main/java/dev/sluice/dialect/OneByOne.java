package dev.sluice.dialect;

import dev.sluice.schema.Change;
import dev.sluice.schema.Impact;
import dev.sluice.schema.Impact.Lock;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Work;
import dev.sluice.sql.QualifiedName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/** What changes cost that run one after the other and are judged as one. */
public final class OneByOne {

  private OneByOne() {}

  /**
   * All of them; what they make themselves is locked against nobody.
   *
   * @param start what came before
   * @param cost of one, on the schema before it
   */
  public static Impact impact(
      Impact start, List<Change> changes, Schema before, BiFunction<Change, Schema, Impact> cost) {
    Impact all = start;
    Set<QualifiedName> own = new HashSet<>();
    Schema schema = before;
    for (Change change : changes) {
      Impact impact = cost.apply(change, schema);
      Schema here = schema;
      List<Lock> others =
          impact.locks().stream().filter(l -> !own.contains(here.resolve(l.relation()))).toList();
      boolean onlyOwn = others.isEmpty() && !impact.locks().isEmpty();
      all =
          all.and(
              new Impact(
                  others,
                  onlyOwn ? Work.INSTANT : impact.work(),
                  impact.algorithm(),
                  impact.transactional()));
      if (change instanceof Change.CreateTable create) {
        own.add(here.place(create.table().name()));
      }
      schema = schema.after(change);
    }
    return all;
  }
}
