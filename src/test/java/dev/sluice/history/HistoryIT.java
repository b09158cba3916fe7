package dev.sluice.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.Shop;
import org.junit.jupiter.api.Test;

/** The sample's own history; any other is given to {@link HistoryOnServer}. */
class HistoryIT {

  @Test
  void theSamplesStatementsDoOnTheServerWhatSluiceSays() throws Exception {
    Agreement agreement = HistoryRun.of(Shop.MIGRATIONS);
    assertThat(agreement.disagreements()).isEmpty();
    assertThat(agreement.compared(Agreement.Of.LOCKS)).isGreaterThan(agreement.statements() / 2);
    assertThat(agreement.compared(Agreement.Of.WORK)).isGreaterThan(agreement.statements() / 4);
    assertThat(agreement.compared(Agreement.Of.CATALOG)).isPositive();
  }
}
