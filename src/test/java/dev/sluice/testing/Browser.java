package dev.sluice.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A headless Chromium that looks at one page, where the machine has one. */
public final class Browser {

  /** What to say where there is none. */
  public static final String MISSING =
      "no browser looks at the page: there is no Chromium; fix: apt-get install chromium";

  /** Frames the page as narrow as a phone, and writes down what it measures. */
  private static final String FRAME =
      """
      <!doctype html><body><iframe id="page" src="page.html" width="WIDE" height="800"></iframe>
      <script>
      document.getElementById('page').onload = e => {
        const page = e.target.contentDocument;
        const wide = [...page.querySelectorAll('*')]
          .filter(n => n.getBoundingClientRect().right > WIDE && getComputedStyle(n).clipPath === 'none')
          .map(n => n.tagName + '.' + n.className + ': ' + n.parentNode.innerText.slice(0, 60)).slice(0, 5).join(' ');
        page.querySelectorAll('details').forEach(d => d.open = true);
        document.body.dataset.seen = page.documentElement.scrollWidth + ';'
          + page.querySelectorAll('details').length + ';' + page.body.innerText.length + ';' + wide;
      };
      </script>
      """;

  private static final Pattern SEEN = Pattern.compile("data-seen=\"(\\d+);(\\d+);(\\d+);([^\"]*)");

  private Browser() {}

  /**
   * What a person would see.
   *
   * @param width that the page takes, in pixels, with everything folded open
   * @param folds how much is folded away
   * @param letters of text
   * @param over elements that stand beyond the edge
   */
  public record Seen(int width, int folds, int letters, String over) {}

  private static Optional<Path> chromium() {
    return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  public static boolean isThere() {
    return chromium().isPresent();
  }

  /**
   * Opens a page.
   *
   * @param html whole
   * @param width of the window in pixels
   */
  public static Seen look(String html, int width) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("sluice-browser-");
    Path dom = folder.resolve("dom.html");
    try {
      Files.writeString(folder.resolve("page.html"), html);
      Files.writeString(folder.resolve("frame.html"), FRAME.replace("WIDE", String.valueOf(width)));
      Process process =
          new ProcessBuilder(
                  chromium().orElseThrow().toString(),
                  "--headless",
                  "--no-sandbox",
                  "--disable-gpu",
                  "--disable-quic",
                  "--no-first-run",
                  "--disable-background-networking",
                  "--disable-component-update",
                  "--disable-sync",
                  "--allow-file-access-from-files",
                  "--user-data-dir=" + folder.resolve("profile"),
                  "--virtual-time-budget=5000",
                  "--dump-dom",
                  folder.resolve("frame.html").toUri().toString())
              .redirectOutput(dom.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("Chromium did not end within a minute");
      }
      String text = Files.readString(dom, StandardCharsets.UTF_8);
      Matcher seen = SEEN.matcher(text);
      if (!seen.find()) {
        throw new IllegalStateException("Chromium did not open the page: " + List.of(text));
      }
      return new Seen(
          Integer.parseInt(seen.group(1)),
          Integer.parseInt(seen.group(2)),
          Integer.parseInt(seen.group(3)),
          seen.group(4));
    } finally {
      LocalServer.delete(folder);
    }
  }
}
