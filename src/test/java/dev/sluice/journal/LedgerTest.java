package dev.sluice.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.journal.Entry.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LedgerTest {

  private static Entry line(long id, int attempt, State state, String watermark) {
    return new Entry(
        id,
        "42.1",
        attempt,
        state,
        Instant.EPOCH,
        Optional.empty(),
        Optional.empty(),
        Optional.of(watermark).filter(w -> !w.isEmpty()),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void whatAPersonInterruptedGoesOnWhereItWasAlsoAfterABeginningThatWasCutOff() {
    Entry stopped = line(2, 1, State.INTERRUPTED, "300");
    Ledger ledger =
        new Ledger(
            List.of(line(1, 1, State.STARTED, "300"), stopped, line(3, 2, State.STARTED, "")));
    assertThat(ledger.done("42.1")).isFalse();
    assertThat(ledger.interrupted("42.1")).contains(stopped);
  }
}
