package dev.sluice.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The frame of a page: it needs nothing but itself, and is read on a phone as well. */
final class Page {

  private Page() {}

  static void open(Html html, String title) {
    html.open("html", "lang", "en").open("head");
    html.empty("meta", "charset", "utf-8");
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.empty("meta", "name", "color-scheme", "content", "light dark");
    html.element("title", title);
    html.styleSheet(css());
    html.close().open("body").open("main");
  }

  static String close(Html html) {
    return html.close().close().close().document();
  }

  private static String css() {
    try (InputStream file = Objects.requireNonNull(Page.class.getResourceAsStream("page.css"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
