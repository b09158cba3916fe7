package dev.sluice.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Map;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/**
 * A server of another version than those that the build brings: {@code -Dit.image=postgres:15},
 * {@code mysql:8.4} or {@code mariadb:10.6} runs the tests of that engine against this image, by
 * Docker. Without Docker they are skipped, and say so.
 */
final class Image {

  private Image() {}

  /**
   * The image that is asked for, where it is one of this name; empty for the build's own server.
   */
  static Optional<String> named(String name) {
    return Optional.ofNullable(System.getProperty("it.image"))
        .filter(image -> image.replaceFirst("^.*/", "").replaceFirst("[:@].*$", "").equals(name));
  }

  /**
   * Starts it; it ends with this JVM.
   *
   * @param command options of the server; empty for none
   * @return where the server listens: host and port
   * @throws org.opentest4j.TestAbortedException where Docker is not there
   */
  static String start(String image, int port, Map<String, String> environment, String command) {
    requireDocker(image);
    @SuppressWarnings("resource") // The library's own watchdog ends it with this JVM.
    GenericContainer<?> container =
        new GenericContainer<>(image).withExposedPorts(port).withEnv(environment);
    if (!command.isEmpty()) {
      container.withCommand(command.split(" "));
    }
    container.start();
    return container.getHost() + ":" + container.getMappedPort(port);
  }

  private static void requireDocker(String image) {
    assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "-Dit.image=" + image + " needs Docker, and none answers here");
  }
}
