package dev.sluice.rehearse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class EmbeddedServerIT {

  @Test
  void itTakesConnectionsAndLeavesNothingBehind() throws Exception {
    long processes = descendants();
    Path scratch;
    try (EmbeddedServer server = EmbeddedServer.start()) {
      scratch = server.scratch();
      EmbeddedServer.Fresh shop = server.create("shop");
      try (Connection connection = server.dataSource("shop", "here").getConnection()) {
        assertThat(connection.isValid(1)).isTrue();
      }
      assertThatExceptionOfType(SQLException.class)
          .as("who does not know the password")
          .isThrownBy(() -> DriverManager.getConnection(shop.address().url(), "postgres", "guess"));
      assertThat(scratch.resolveSibling("data/postmaster.pid")).exists();
    }
    assertThat(scratch.resolveSibling("data")).doesNotExist();
    assertThat(scratch.resolve("..")).doesNotExist();
    assertThat(descendants()).isEqualTo(processes);
  }

  @Test
  void closingTwiceIsClosingOnce() {
    EmbeddedServer server = EmbeddedServer.start();
    server.close();
    server.close();
    assertThat(server.isStopping()).isTrue();
  }

  private static long descendants() {
    return ProcessHandle.allProcesses()
        .filter(p -> p.info().command().filter(c -> c.endsWith("/postgres")).isPresent())
        .count();
  }
}
