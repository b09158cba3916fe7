package dev.sluice.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OrderedTest {

  @Test
  void aCopyKeepsTheOrderAndIsASet() {
    List<String> words = List.of("zebra", "ant", "mole", "bee", "yak", "cow");
    Set<String> source = new LinkedHashSet<>(words);
    Set<String> copy = Ordered.copyOf(source);
    source.clear();
    assertThat(copy).containsExactlyElementsOf(words);
    assertThat(copy).isEqualTo(Set.copyOf(words)).hasSameHashCodeAs(Set.copyOf(words));
    assertThat(copy).contains("yak").doesNotContain("dog");
    assertThatThrownBy(() -> copy.add("dog")).isInstanceOf(UnsupportedOperationException.class);
    assertThat(Ordered.copyOf(copy)).isSameAs(copy);
  }
}
