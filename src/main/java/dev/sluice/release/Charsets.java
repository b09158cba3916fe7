package dev.sluice.release;

import dev.sluice.schema.Change;
import dev.sluice.schema.Table;
import dev.sluice.schema.TableProperties;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What another character set means to the texts that the old version writes. */
final class Charsets {

  private static final Set<String> WHOLE_UNICODE = Set.of("utf8mb4", "utf16", "utf16le", "utf32");

  private Charsets() {}

  static Verdict converted(Change.AlterTable change, Scene scene) {
    Map<String, String> properties = new TreeMap<>();
    TableProperties.put(properties, change.property(), change.text());
    Optional<Verdict> coarser =
        scene.table(change.table()).flatMap(t -> Collations.coarser(t, properties, scene));
    if (coarser.isPresent()) {
      return coarser.get();
    }
    return change(
            scene.table(change.table()).map(Table::properties).map(p -> p.get("CHARSET")),
            Optional.ofNullable(properties.get("CHARSET")))
        .also("texts sort and compare by the new collation, for the old version too");
  }

  /** Empty where it is the engine's default or not known. */
  static Verdict change(Optional<String> from, Optional<String> to) {
    if (to.map(WHOLE_UNICODE::contains).orElse(false)
        || from.map("ascii"::equals).orElse(false)
        || (from.isPresent() && from.equals(to))) {
      return Verdict.expand("every text that the old version writes can be stored");
    }
    return Verdict.contract(
        to.map(t -> "texts of the old version that " + t + " cannot hold would be refused")
            .orElse("which texts it can hold from then on is not known"));
  }
}
