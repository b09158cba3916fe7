package dev.sluice.report;

import dev.sluice.dialect.Engine;
import dev.sluice.plan.KnownRates;
import dev.sluice.schema.Statistics;
import dev.sluice.schema.Statistics.Size;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import dev.sluice.sql.QualifiedName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code stats.json}, both ways: how large tables are, for who plans without their database. */
public final class StatsJson {

  /** Grows with each incompatible change. */
  private static final int FORMAT_VERSION = 1;

  private StatsJson() {}

  /**
   * @param rates of the server, as far as they are known
   */
  public record Stats(Statistics statistics, KnownRates rates) {
    /** Nothing is known. */
    public static final Stats NONE = new Stats(Statistics.NONE, KnownRates.NONE);
  }

  /** By table, in the order of their names. */
  public static String of(Engine engine, String engineVersion, Stats stats) {
    return Json.object(
        json -> {
          json.number("formatVersion", FORMAT_VERSION);
          json.text("engine", engine.id());
          json.text("engineVersion", engineVersion);
          json.objects(
              "tables",
              new TreeMap<>(stats.statistics().tables()).entrySet(),
              table -> {
                json.text("schema", table.getKey().schema().map(schema -> schema.text()));
                json.text("table", table.getKey().name().text());
                json.number("rows", table.getValue().rows());
                json.number("bytes", table.getValue().bytes());
              });
          json.object(
              "rates",
              rates -> {
                rates.number("scan", stats.rates().scan());
                rates.number("build", stats.rates().build());
                rates.number("rewrite", stats.rates().rewrite());
                rates.number("backfill", stats.rates().backfill());
              });
        });
  }

  /**
   * @param place as messages show it
   * @throws Problem where {@code text} is none, or of another engine
   */
  public static Stats read(String place, String text, Engine engine) {
    JsonNode root;
    try {
      root = JsonMapper.shared().readTree(text);
    } catch (JacksonException e) {
      throw unreadable(place, "no JSON");
    }
    if (root.path("formatVersion").asInt(0) != FORMAT_VERSION || !root.path("tables").isArray()) {
      throw unreadable(place, "no table sizes of formatVersion " + FORMAT_VERSION);
    }
    if (!root.path("engine").asString("").equals(engine.id())) {
      throw unreadable(place, "not made on " + engine.title());
    }
    Map<QualifiedName, Size> sizes = new HashMap<>();
    for (JsonNode table : root.path("tables")) {
      JsonNode rows = table.path("rows");
      JsonNode bytes = table.path("bytes");
      if (!table.path("schema").isString()
          || !table.path("table").isString()
          || !rows.isIntegralNumber()
          || !bytes.isIntegralNumber()) {
        throw unreadable(place, "tables[" + sizes.size() + "] lacks schema, table, rows or bytes");
      }
      sizes.put(
          QualifiedName.of(table.path("schema").asString(), table.path("table").asString()),
          new Size(rows.asLong(), bytes.asLong()));
    }
    JsonNode rates = root.path("rates");
    return new Stats(
        new Statistics(sizes),
        new KnownRates(
            rate(place, rates, "scan"),
            rate(place, rates, "build"),
            rate(place, rates, "rewrite"),
            rate(place, rates, "backfill")));
  }

  private static Optional<Long> rate(String place, JsonNode rates, String name) {
    JsonNode rate = rates.path(name);
    if (rate.isMissingNode() || rate.isNull()) {
      return Optional.empty();
    }
    if (!rate.isIntegralNumber() || rate.asLong() < 1) {
      throw unreadable(place, "rates." + name + " is no number of at least 1");
    }
    return Optional.of(rate.asLong());
  }

  private static Problem unreadable(String place, String why) {
    return new Problem(
        Reason.FILES, place + ": " + why + "\n  fix: make it again with `sluice stats`");
  }
}
