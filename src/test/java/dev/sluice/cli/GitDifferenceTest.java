package dev.sluice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.sql.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitDifferenceTest {

  @TempDir Path temporary;
  private Path root;

  @BeforeEach
  void aRepositoryWithTwoMigrations() throws Exception {
    root = temporary.toRealPath();
    git("init", "-q", "-b", "main");
    write("db/V1__a.sql", "create table a ();");
    write("db/R__v.sql", "create view v as select 1;");
    commit("first");
  }

  @Test
  void newFilesCountWhetherCommittedOrNot() throws Exception {
    git("checkout", "-q", "-b", "feature");
    write("db/V2__b.sql", "create table b ();");
    commit("second");
    write("db/V3__é c.sql", "create table c ();");

    GitDifference difference = GitDifference.since("main", root.resolve("db"));

    assertThat(difference.added())
        .containsExactlyInAnyOrder(root.resolve("db/V2__b.sql"), root.resolve("db/V3__é c.sql"));
    assertThat(difference.changed()).isEmpty();
  }

  @Test
  void anEditedFileIsChangedAndADeletedOneIsRemovedAndBothCanBeReadAsTheyWere() throws Exception {
    write("db/R__v.sql", "create view v as select 2;");
    Files.delete(root.resolve("db/V1__a.sql"));

    GitDifference difference = GitDifference.since("HEAD", root);

    assertThat(difference.changed()).containsExactly(root.resolve("db/R__v.sql"));
    assertThat(difference.removed()).containsExactly(root.resolve("db/V1__a.sql"));
    assertThat(difference.added()).isEmpty();
    assertThat(difference.before(root.resolve("db/R__v.sql")))
        .asString(UTF_8)
        .isEqualTo("create view v as select 1;");
    assertThat(difference.before(root.resolve("db/V1__a.sql")))
        .asString(UTF_8)
        .isEqualTo("create table a ();");
  }

  @Test
  void whatWasMergedElsewhereMeanwhileDoesNotCount() throws Exception {
    git("checkout", "-q", "-b", "feature");
    write("db/V2__b.sql", "create table b ();");
    commit("second");
    git("checkout", "-q", "main");
    write("db/R__v.sql", "create view v as select 3;");
    commit("theirs");
    git("checkout", "-q", "feature");

    GitDifference difference = GitDifference.since("main", root);

    assertThat(difference.added()).containsExactly(root.resolve("db/V2__b.sql"));
    assertThat(difference.changed()).isEmpty();
  }

  @Test
  void aCommitThatIsNotThereIsNamed() {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> GitDifference.since("nowhere", root))
        .withMessageStartingWith("--since nowhere: git merge-base: ")
        .withMessageContaining("fix: name a commit that this clone has");
  }

  @Test
  void aReferenceIsNeverAnOptionOfGit() {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> GitDifference.since("--output=x", root))
        .withMessageStartingWith("--since --output=x: git merge-base: ");
    assertThat(root.resolve("x")).doesNotExist();
  }

  private void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void commit(String title) throws Exception {
    git("add", "-A");
    git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", title);
  }

  private void git(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).directory(root.toFile()).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }
}
