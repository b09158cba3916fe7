package dev.sluice.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sql.QualifiedName;
import org.junit.jupiter.api.Test;

class ImpactTest {

  private static final QualifiedName ORDERS = QualifiedName.of("orders");
  private static final Impact READS =
      Impact.of(QualifiedName.of("catalog"), LockMode.ACCESS_SHARE, Work.SCAN);
  private static final Impact LOCKS = Impact.of(ORDERS, LockMode.ACCESS_EXCLUSIVE, Work.INSTANT);

  @Test
  void readingBeforeTheLockKeepsNobodyWaiting() {
    assertThat(READS.and(LOCKS).blocksReadsForLong()).isFalse();
  }

  @Test
  void readingUnderTheLockKeepsEverybodyWaiting() {
    assertThat(LOCKS.and(READS).blocksReadsForLong()).isTrue();
  }
}
