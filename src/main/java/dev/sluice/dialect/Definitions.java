package dev.sluice.dialect;

import java.util.List;

/**
 * Questions to a server whose answers are the statements that would make what is there. Set-based:
 * as many questions for a thousand tables as for one.
 */
public interface Definitions {

  /**
   * Run first, in one transaction with the questions: they then see one state, write nothing, and
   * answer with qualified names.
   */
  List<String> begin();

  /**
   * In the order in which the answers build on each other. Each row is a statement that the dialect
   * reads, and for an index whether it is valid: 1 or 0, NULL for everything else. What belongs to
   * an extension or to the engine itself is left out.
   */
  List<String> questions();
}
