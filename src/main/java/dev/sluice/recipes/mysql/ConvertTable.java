package dev.sluice.recipes.mysql;

import dev.sluice.dialect.mysql.impact.Text;
import dev.sluice.plan.Proposal;
import dev.sluice.plan.Proposal.Undecided;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.schema.Change.AlterTable;
import dev.sluice.schema.Change.AlterTable.Property;
import dev.sluice.schema.TableProperties;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All texts of a table in another character set or collation, as it is written: rows that a unique
 * key then takes for the same are looked for before.
 */
public final class ConvertTable implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    return at.change() instanceof AlterTable change
            && change.property() == Property.CONVERT_CHARSET
            && !at.made(change.table())
        ? at.schema()
            .table(change.table())
            .map(t -> Collated.of(at, t, becomes(change)))
            .filter(c -> !c.isEmpty())
            .map(c -> plan(at, change, c))
        : Optional.empty();
  }

  private static Text becomes(AlterTable change) {
    Map<String, String> properties = new TreeMap<>();
    TableProperties.put(properties, change.property(), change.text());
    return Text.of(properties);
  }

  private static Proposal plan(Situation at, AlterTable change, Collated collated) {
    if (collated.unsaid().isPresent()) {
      return unsaid(change.table().name() + "." + collated.unsaid().get());
    }
    Sketch sketch = at.sketch();
    collated.lookEarly(sketch);
    collated.verify(sketch, at.phase());
    return sketch.add(sketch.asWritten()).done();
  }

  /** What is asked where nobody says what the texts become. */
  static Undecided unsaid(String column) {
    return new Undecided(
        column
            + " is in a unique key and gets the collation that the server has of its own: whether"
            + " two of its rows are the same by that cannot be asked before",
        List.of("COLLATE in the statement, with the name of the collation that it gets"));
  }
}
