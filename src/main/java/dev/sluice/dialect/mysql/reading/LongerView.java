package dev.sluice.dialect.mysql.reading;

import io.debezium.ddl.parser.mariadb.generated.MariaDBParser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.DecisionState;
import org.antlr.v4.runtime.atn.ParserATNSimulator;
import org.antlr.v4.runtime.atn.PredictionMode;

/**
 * Sees as SLL does, but what is selected as LL does: SLL takes every call there for a column and
 * stops at its parenthesis, and to read the whole statement with LL takes a hundred times as long.
 */
final class LongerView extends ParserATNSimulator {

  private static final int SELECTED =
      decision(MariaDBParser._ATN.ruleToStartState[MariaDBParser.RULE_selectElement]);

  LongerView(MariaDBParser parser) {
    super(
        parser,
        parser.getATN(),
        parser.getInterpreter().decisionToDFA,
        parser.getInterpreter().getSharedContextCache());
  }

  @Override
  public int adaptivePredict(TokenStream input, int decision, ParserRuleContext outer) {
    if (decision != SELECTED) {
      return super.adaptivePredict(input, decision, outer);
    }
    PredictionMode mode = getPredictionMode();
    setPredictionMode(PredictionMode.LL);
    try {
      return super.adaptivePredict(input, decision, outer);
    } finally {
      setPredictionMode(mode);
    }
  }

  /** The first one of a rule. */
  private static int decision(ATNState rule) {
    ATNState at = rule;
    while (!(at instanceof DecisionState)) {
      at = at.transition(0).target;
    }
    return ((DecisionState) at).decision;
  }
}
