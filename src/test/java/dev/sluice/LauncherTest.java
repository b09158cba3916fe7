package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/sluice} over JDKs that only say what they were started with. */
class LauncherTest {

  @TempDir Path temporary;
  private Path home;
  private final Map<String, String> environment = new TreeMap<>();

  /** What the launcher left behind. */
  private record Ended(int code, List<String> out, String err) {}

  @BeforeEach
  void aBuiltHome() throws IOException {
    home = temporary.toRealPath().resolve("a home");
    Files.createDirectories(home.resolve("bin"));
    Files.createDirectories(home.resolve("target/lib-servers"));
    Files.copy(Path.of("bin/sluice"), home.resolve("bin/sluice"));
    executable(home.resolve("bin/sluice"));
    Files.writeString(home.resolve("target/sluice.jar"), "");
    Files.writeString(home.resolve("target/lib-servers/server.jar"), "");
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("HOME", temporary.resolve("nobody").toString());
  }

  @Test
  void theNamedJdkIsUsed() throws Exception {
    environment.put("SLUICE_JAVA_HOME", jdk("chosen", "25.0.1").toString());
    Ended ended = run(home.resolve("bin/sluice"), "classify", "two words");
    assertThat(ended.code()).isZero();
    assertThat(ended.out())
        .startsWith("chosen")
        .contains("-XX:AOTCache=" + home + "/target/start-25.0.1.aot", "-Xmx2g")
        .endsWith(
            "-cp", home + "/target/sluice.jar", "dev.sluice.cli.Main", "classify", "two words");
    assertThat(ended.err()).isEmpty();
  }

  @Test
  void beforeJdk25TheCacheIsAnArchiveOfClasses() throws Exception {
    environment.put("SLUICE_JAVA_HOME", jdk("chosen", "21.0.8").toString());
    assertThat(run(home.resolve("bin/sluice"), "classify").out())
        .contains("-XX:SharedArchiveFile=" + home + "/target/start-21.0.8.jsa");
  }

  @Test
  void aNamedJdkThatIsTooOldIsRefused() throws Exception {
    environment.put("SLUICE_JAVA_HOME", jdk("old", "17.0.15").toString());
    Ended ended = run(home.resolve("bin/sluice"), "classify");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .startsWith("sluice: SLUICE_JAVA_HOME is ")
        .contains("where no JDK 21 or newer lies", "fix: set it to the folder of a JDK");
  }

  @Test
  void anOldJavaHomeIsPassedOverForTheJavaOnThePath() throws Exception {
    environment.put("JAVA_HOME", jdk("old", "17.0.15").toString());
    Path link = temporary.resolve("on path/java");
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, jdk("onpath", "24").resolve("bin/java"));
    environment.put("PATH", link.getParent() + ":/usr/bin:/bin");
    assertThat(run(home.resolve("bin/sluice"), "classify").out()).startsWith("onpath");
  }

  @Test
  void theNewestInstalledJdkIsFound() throws Exception {
    jdk("nobody/.jdks/lts", "21.0.8");
    jdk("nobody/.jdks/future", "999");
    assertThat(run(home.resolve("bin/sluice"), "classify").out()).startsWith("future");
  }

  @Test
  void itFindsItsHomeThroughSymlinksFromAnywhere() throws Exception {
    environment.put("SLUICE_JAVA_HOME", jdk("chosen", "25").toString());
    Path first = temporary.resolve("links/first");
    Files.createDirectories(first.getParent());
    Files.createSymbolicLink(first, Path.of("../a home/bin/sluice"));
    Path second = temporary.resolve("second");
    Files.createSymbolicLink(second, first);
    assertThat(run(second, "classify").out()).contains(home + "/target/sluice.jar");
  }

  @Test
  void serversAreOnTheClassPathOfDemoOnly() throws Exception {
    environment.put("SLUICE_JAVA_HOME", jdk("chosen", "25").toString());
    assertThat(run(home.resolve("bin/sluice"), "demo", "--rows", "5").out())
        .contains(home + "/target/sluice.jar:" + home + "/target/lib-servers/server.jar")
        .doesNotContain("-Xmx2g");
    assertThat(run(home.resolve("bin/sluice"), "plan").out())
        .noneMatch(argument -> argument.contains("lib-servers"));
  }

  @Test
  void fileNamesAreUtf8InEveryLocale() throws Exception {
    environment.put("SLUICE_JAVA_HOME", jdk("chosen", "25").toString());
    environment.put("LC_ALL", "C");
    assertThat(run(home.resolve("bin/sluice"), "classify").out()).contains("LC_ALL=C.UTF-8");
    environment.put("LC_ALL", "de_DE.utf8");
    assertThat(run(home.resolve("bin/sluice"), "classify").out()).contains("LC_ALL=de_DE.utf8");
  }

  @Test
  void withoutMavenItSaysWhatIsNeededToBuild() throws Exception {
    environment.put("SLUICE_JAVA_HOME", jdk("chosen", "25").toString());
    environment.put("PATH", commandsWithoutMaven().toString());
    Files.createDirectories(home.resolve("src/main"));
    Files.writeString(home.resolve("pom.xml"), "<project/>");
    Files.delete(home.resolve("target/sluice.jar"));
    Ended ended = run(home.resolve("bin/sluice"), "classify");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("Maven is needed to build", "fix: install Maven 3.8 or newer");
  }

  @Test
  void aStaleJarIsBuiltAgainAndSaidToBe() throws Exception {
    environment.put("SLUICE_JAVA_HOME", jdk("chosen", "25").toString());
    Path commands = commandsWithoutMaven();
    Files.writeString(commands.resolve("mvn"), "#!/bin/sh\necho \"mvn $*\"\n");
    executable(commands.resolve("mvn"));
    environment.put("PATH", commands.toString());
    Files.createDirectories(home.resolve("src/main"));
    Files.createDirectories(home.resolve("migrations-sample"));
    Files.setLastModifiedTime(home.resolve("target/sluice.jar"), FileTime.fromMillis(0));
    Files.writeString(home.resolve("pom.xml"), "<project/>");
    Ended ended = run(home.resolve("bin/sluice"), "classify");
    assertThat(ended.code()).isZero();
    assertThat(ended.err())
        .isEqualTo(
            "sluice: building; this takes about a minute, once\n"
                + "mvn -q -B -Dstyle.color=never -f "
                + home
                + "/pom.xml -Dmaven.test.skip=true package\n");
    assertThat(home.resolve("target/start-25.aot")).as("made after a build").exists();
    assertThat(run(home.resolve("bin/sluice"), "classify").err()).as("built once").isEmpty();
  }

  @Test
  void afterSomebodyElsesBuildTheCacheIsMadeWhileTheCommandRuns() throws Exception {
    environment.put("SLUICE_JAVA_HOME", jdk("chosen", "25").toString());
    Files.delete(home.resolve("target/start-25.aot.begun"));
    assertThat(run(home.resolve("bin/sluice"), "classify").code()).isZero();
    await(home.resolve("target/start-25.aot"));
  }

  @Test
  void aCacheWhoseMakingWasCutOffIsMadeAgain() throws Exception {
    environment.put("SLUICE_JAVA_HOME", jdk("chosen", "25").toString());
    Path left = Files.writeString(home.resolve("target/start-25.aot.4711.config"), "half");
    Instant longAgo = Instant.now().minus(Duration.ofMinutes(10));
    Files.setLastModifiedTime(home.resolve("target/sluice.jar"), FileTime.from(longAgo));
    Files.setLastModifiedTime(
        home.resolve("target/start-25.aot.begun"), FileTime.from(longAgo.plusSeconds(1)));
    assertThat(run(home.resolve("bin/sluice"), "classify").code()).isZero();
    await(home.resolve("target/start-25.aot"));
    assertThat(left).doesNotExist();
  }

  private static void await(Path file) throws InterruptedException {
    for (int i = 0; i < 200 && !Files.exists(file); i++) {
      Thread.sleep(50);
    }
    assertThat(file).exists();
  }

  /** A folder with what the launcher calls, and nothing else. */
  private Path commandsWithoutMaven() throws IOException {
    Path commands = Files.createDirectories(temporary.resolve("commands"));
    for (String name :
        List.of(
            "dirname",
            "readlink",
            "find",
            "head",
            "id",
            "nice",
            "mkdir",
            "mv",
            "rm",
            "touch",
            "tr")) {
      Files.writeString(
          commands.resolve(name), "#!/bin/sh\nPATH=/usr/bin:/bin exec " + name + " \"$@\"\n");
      executable(commands.resolve(name));
    }
    return commands;
  }

  /** A folder that looks like a JDK; its java prints its name, its locale, and each argument. */
  private Path jdk(String name, String version) throws IOException {
    Path jdk = temporary.resolve(name);
    Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(
        jdk.resolve("release"), "IMPLEMENTOR=\"t\"\nJAVA_VERSION=\"" + version + "\"\n");
    Files.writeString(
        jdk.resolve("bin/java"),
        """
        #!/bin/sh
        for a; do case $a in -XX:AOTCacheOutput=*) : >"${a#*=}" ;; esac; done
        printf '%s\\n' NAME "LC_ALL=$LC_ALL" "$@"
        """
            .replace("NAME", String.valueOf(jdk.getFileName())));
    executable(jdk.resolve("bin/java"));
    // Begun already: no test but the cache's own waits for what goes on in the background.
    Files.writeString(home.resolve("target/start-" + version + ".aot.begun"), "");
    Files.writeString(home.resolve("target/start-" + version + ".jsa.begun"), "");
    return jdk;
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Ended run(Path launcher, String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).directory(temporary.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Path err = temporary.resolve("err");
    Process process = builder.redirectError(err.toFile()).start();
    List<String> out = process.inputReader().lines().toList();
    return new Ended(process.waitFor(), out, Files.readString(err));
  }
}
