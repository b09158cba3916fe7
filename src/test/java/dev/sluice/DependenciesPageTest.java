package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.MarkdownTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** Holds docs/decisions/0002-dependencies.md against the pom. */
class DependenciesPageTest {

  @Test
  void everyDependencyHasItsReasonAndEveryReasonItsDependency() throws Exception {
    List<List<String>> rows =
        MarkdownTable.under(Path.of("docs/decisions/0002-dependencies.md"), "# 0002 Dependencies")
            .rows();
    assertThat(rows).allSatisfy(row -> assertThat(row.get(1)).isNotBlank());
    assertThat(rows.stream().map(row -> row.get(0)))
        .containsExactlyInAnyOrderElementsOf(dependencies());
  }

  private static List<String> dependencies() throws Exception {
    Document pom =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(Path.of("pom.xml").toFile());
    XPath path = XPathFactory.newInstance().newXPath();
    NodeList found =
        (NodeList) path.evaluate("/project/dependencies/dependency", pom, XPathConstants.NODESET);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      names.add(
          path.evaluate("groupId", found.item(i))
              + ":"
              + path.evaluate("artifactId", found.item(i)));
    }
    return names;
  }
}
