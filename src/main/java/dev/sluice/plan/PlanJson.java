package dev.sluice.plan;

import dev.sluice.sql.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A plan as JSON, both ways. The form is a contract with users, and stands in {@code
 * docs/plan.schema.json}.
 */
public final class PlanJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private PlanJson() {}

  /** The same plan gives the same text, character by character. */
  public static String write(Plan plan) {
    return MAPPER.writeValueAsString(PlanToJson.plan(plan)) + "\n";
  }

  /**
   * Reads what {@link #write} wrote, and nothing else.
   *
   * @throws UnreadablePlan where it is no JSON, has a field too many or too few, a value that is
   *     none of those possible, or was changed after it was made
   */
  public static Plan read(String json) {
    JsonNode root;
    try {
      root = MAPPER.readTree(json);
    } catch (JacksonException e) {
      throw new UnreadablePlan(
          "no JSON from line "
              + e.getLocation().getLineNr()
              + ", column "
              + e.getLocation().getColumnNr()
              + " on");
    }
    Plan plan = PlanFromJson.plan(new JsonFields("plan", root));
    String now = fingerprint(plan);
    if (!now.equals(plan.fingerprint())) {
      throw new UnreadablePlan(
          "the plan was changed after it was made: its fingerprint is "
              + plan.fingerprint()
              + ", its steps give "
              + now);
    }
    return plan;
  }

  /**
   * {@code sha256:…} over all that decides what runs, in a canonical form. What only explains it
   * (titles, reasons, estimates, the release's name) does not count.
   */
  public static String fingerprint(Plan plan) {
    String canonical = CanonicalJson.of(PlanToJson.deciding(plan));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
      return "sha256:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The plan with its fingerprint put in. */
  static Plan sealed(Plan plan) {
    return plan.withFingerprint(fingerprint(plan));
  }

  /** A text that is no plan; the message says where and why. */
  public static final class UnreadablePlan extends Problem {
    private static final long serialVersionUID = 1L;

    UnreadablePlan(String message) {
      super(Reason.PLAN, message + "\n  fix: make it again with `sluice plan`");
    }
  }
}
