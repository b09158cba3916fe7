package dev.sluice;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.sluice.testing.MarkdownTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the code against the tables of docs/architecture.md. */
class LayersTest {

  private static final Path PAGE = Path.of("docs/architecture.md");
  private static final String HOUSE = "dev.sluice";
  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(HOUSE);

  /** Package to what it may import, in the table's order. */
  private static Map<String, Set<String>> floors() {
    Map<String, Set<String>> floors = new LinkedHashMap<>();
    for (List<String> row : MarkdownTable.under(PAGE, "## Floors").rows()) {
      floors.put(row.get(0), names(row.get(1), floors.keySet()));
    }
    return floors;
  }

  private static Set<String> names(String cell, Set<String> below) {
    return switch (cell) {
      case "–" -> Set.of();
      case "all above" -> new LinkedHashSet<>(below);
      default -> new LinkedHashSet<>(List.of(cell.split(", ")));
    };
  }

  @Test
  void everyPackageHasItsRowAndEveryRowItsPackage() {
    Set<String> packages =
        CODE.stream().map(LayersTest::floor).collect(Collectors.toCollection(TreeSet::new));
    assertThat(packages).containsExactlyInAnyOrderElementsOf(floors().keySet());
  }

  @Test
  void aRowNamesOnlyRowsAboveIt() {
    List<String> above = new ArrayList<>();
    floors()
        .forEach(
            (floor, imports) -> {
              assertThat(above).as("%s may import", floor).containsAll(imports);
              above.add(floor);
            });
  }

  @Test
  void aPackageImportsOnlyWhatItsRowNames() {
    Map<String, Set<String>> floors = floors();
    List<String> breaches =
        dependencies()
            .filter(d -> d.getTargetClass().getPackageName().startsWith(HOUSE))
            .filter(
                d -> {
                  String from = floor(d.getOriginClass());
                  String to = floor(d.getTargetClass());
                  return !from.equals(to) && !floors.getOrDefault(from, Set.of()).contains(to);
                })
            .map(Dependency::getDescription)
            .toList();
    assertThat(breaches).isEmpty();
  }

  @Test
  void foreignCodeStaysInThePackagesNamedForIt() {
    for (List<String> row : MarkdownTable.under(PAGE, "## Foreign code").rows()) {
      String prefix = row.get(0);
      Set<String> allowed = Set.of(row.get(1).split(", "));
      List<Dependency> uses =
          dependencies().filter(d -> d.getTargetClass().getFullName().startsWith(prefix)).toList();
      assertThat(uses.stream().map(d -> floor(d.getOriginClass())).distinct())
          .as("packages that use %s", prefix)
          .containsExactlyInAnyOrderElementsOf(allowed);
    }
  }

  @Test
  void onlyTheCommandLineSpeaksToTheTerminalOrEndsTheProcess() {
    noClasses()
        .that(describe("are not cli", c -> !floor(c).equals("cli")))
        // It only keeps ANTLR's runtime from speaking there, and gives back what it found.
        .and(
            describe(
                "do not load grammars",
                c -> !c.getName().equals("dev.sluice.dialect.mysql.reading.Generated")))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .check(CODE);
  }

  @Test
  void nothingImportsTheCommandLine() {
    noClasses()
        .that(describe("are not cli", c -> !floor(c).equals("cli")))
        .should()
        .dependOnClassesThat(describe("are cli", c -> floor(c).equals("cli")))
        .allowEmptyShould(true)
        .check(CODE);
  }

  private static Stream<Dependency> dependencies() {
    return CODE.stream().flatMap(c -> c.getDirectDependenciesFromSelf().stream());
  }

  /** {@code plan}, {@code dialect.postgresql}, {@code (root)}. */
  private static String floor(JavaClass code) {
    String name = code.getPackageName();
    return name.equals(HOUSE) ? "(root)" : name.replaceFirst("^dev\\.sluice\\.", "");
  }
}
