package dev.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * A part of a page that a test makes, between two comments that a reader does not see: {@code <!--
 * made: NAME -->} and {@code <!-- end -->}. {@code -Dupdate} rewrites it; a person reads the
 * difference.
 */
public final class Block {

  private static final boolean UPDATE = System.getProperty("update") != null;

  private final Path page;
  private final String begin;

  public Block(Path page, String name) {
    this.page = page;
    this.begin = "<!-- made: " + name + " -->\n";
  }

  /** Whether it is rewritten, and may cost more time than a look at it. */
  public static boolean isUpdated() {
    return UPDATE;
  }

  /** Holds the page against {@code text}. */
  public void check(String text) {
    check(text, UnaryOperator.identity());
  }

  /**
   * Holds the page against {@code text}.
   *
   * @param shape what is compared, where two runs differ in numbers
   */
  public void check(String text, UnaryOperator<String> shape) {
    try {
      String whole = Files.readString(page);
      int from = whole.indexOf(begin) + begin.length();
      int to = whole.indexOf("<!-- end -->", from);
      assertThat(whole.contains(begin) && to > 0).as(begin + " in " + page).isTrue();
      if (UPDATE) {
        whole = whole.substring(0, from) + text + whole.substring(to);
        Files.writeString(page, whole);
        to = whole.indexOf("<!-- end -->", from);
      }
      assertThat(shape.apply(whole.substring(from, to)))
          .as("%s, which -Dupdate rewrites", page)
          .isEqualTo(shape.apply(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
