package dev.sluice.rehearse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddedServerIT {

  @Test
  void itTakesConnectionsAndLeavesNothingBehind() throws Exception {
    Path scratch;
    List<ProcessHandle> processes = new ArrayList<>();
    try (EmbeddedServer server = EmbeddedServer.start()) {
      scratch = server.scratch();
      EmbeddedServer.Fresh shop = server.create("shop");
      try (Connection connection = server.dataSource("shop", "here").getConnection()) {
        assertThat(connection.isValid(1)).isTrue();
      }
      assertThatExceptionOfType(SQLException.class)
          .as("who does not know the password")
          .isThrownBy(() -> DriverManager.getConnection(shop.address().url(), "postgres", "guess"));
      ProcessHandle postmaster = postmaster(scratch.resolveSibling("data/postmaster.pid"));
      processes.add(postmaster);
      postmaster.descendants().forEach(processes::add);
      assertThat(processes).hasSizeGreaterThan(1).allMatch(ProcessHandle::isAlive);
    }
    assertThat(scratch.resolveSibling("data")).doesNotExist();
    assertThat(scratch.resolve("..")).doesNotExist();
    assertThat(processes).noneMatch(ProcessHandle::isAlive);
  }

  @Test
  void closingTwiceIsClosingOnce() {
    EmbeddedServer server = EmbeddedServer.start();
    server.close();
    server.close();
    assertThat(server.isStopping()).isTrue();
  }

  private static ProcessHandle postmaster(Path file) throws IOException {
    return ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst())).orElseThrow();
  }
}
