package dev.sluice.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often Sluice said what the server did, and each time that it did not. */
public final class Agreement {

  /** What is compared, or why it is not. */
  public enum Of {
    FORM("run by the algorithm and under the lock as claimed, and by no better one"),
    LOCKS("locks as claimed"),
    WORK("work as claimed, with rows in the tables"),
    TRANSACTION("inside a transaction, or refused there, as claimed"),
    REFUSAL("refused by the server as said"),
    CATALOG("schema after the file is the catalog");

    private final String words;

    Of(String words) {
      this.words = words;
    }
  }

  private final Map<Of, Integer> agreed = new TreeMap<>();
  private final Map<Of, Integer> compared = new TreeMap<>();
  private final Map<String, Integer> apart = new TreeMap<>();
  private final List<String> disagreements = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();
  private int statements;
  private int read;

  public void statement(boolean recognised) {
    statements++;
    read += recognised ? 1 : 0;
  }

  public void agrees(Of what) {
    agreed.merge(what, 1, Integer::sum);
    compared.merge(what, 1, Integer::sum);
  }

  public void differs(Of what, String how) {
    compared.merge(what, 1, Integer::sum);
    disagreements.add(how);
  }

  /**
   * Counted, and no verdict on Sluice: the server refuses the statement, or no row fits a table.
   */
  public void leftOut(String why) {
    apart.merge(why, 1, Integer::sum);
  }

  public void unread(String what) {
    disagreements.add(what);
  }

  /** What the server said to a statement that it refused. */
  public void refused(String what) {
    refused.add(what);
  }

  public List<String> refused() {
    return List.copyOf(refused);
  }

  public List<String> disagreements() {
    return List.copyOf(disagreements);
  }

  public int statements() {
    return statements;
  }

  public int compared(Of what) {
    return compared.getOrDefault(what, 0);
  }

  /** Numbers, one a line. */
  public String summary() {
    StringBuilder text = new StringBuilder();
    text.append("%d of %d statements read%n".formatted(read, statements));
    compared.forEach(
        (what, all) ->
            text.append("%d of %d %s%n".formatted(agreed.getOrDefault(what, 0), all, what.words)));
    apart.forEach((why, count) -> text.append("%d left out: %s%n".formatted(count, why)));
    return text.toString();
  }
}
