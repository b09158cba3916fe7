package dev.sluice.rehearse.workload;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one application version sends.
 *
 * @param calls in the file's order; at least one; no two of one name
 */
public record Workload(List<Call> calls) {

  public Workload {
    calls = List.copyOf(calls);
    if (calls.isEmpty()) {
      throw new IllegalArgumentException("a workload without a call");
    }
  }

  /** The call of this name; empty where there is none. */
  public Optional<Call> call(String name) {
    return calls.stream().filter(call -> call.name().equals(name)).findFirst();
  }

  /**
   * What the application does in one go. One statement runs in autocommit mode, several are one
   * transaction.
   *
   * @param weight how often it is sent, beside the others' weights; at least 1
   * @param parameters by name, in the file's order
   * @param keeps the parameters whose values the worker remembers once the call is committed
   * @param statements at least one
   */
  public record Call(
      String name,
      int weight,
      Map<String, Draw> parameters,
      List<String> keeps,
      List<BoundSql> statements) {

    public Call {
      // A plain copy of the map would lose the order, and with it what a seed draws.
      parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
      keeps = List.copyOf(keeps);
      statements = List.copyOf(statements);
      if (weight < 1) {
        throw new IllegalArgumentException("weight is " + weight + "; it must be at least 1");
      }
      if (statements.isEmpty()) {
        throw new IllegalArgumentException("the call " + name + " has no statement");
      }
    }

    /** Whether all of it must commit together. */
    public boolean isTransaction() {
      return statements.size() > 1;
    }
  }

  /**
   * One statement as JDBC takes it.
   *
   * @param sql with {@code ?} where a parameter stood
   * @param parameters the name behind each {@code ?}, in order; a name comes up as often as it is
   *     used
   */
  public record BoundSql(String sql, List<String> parameters) {
    public BoundSql {
      parameters = List.copyOf(parameters);
    }
  }
}
