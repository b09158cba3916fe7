/** What tests of every floor share: real servers. */
@NullMarked
package dev.sluice.testing;

import org.jspecify.annotations.NullMarked;
