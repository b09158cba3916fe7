/** What earlier runs worked out, kept in files that can be deleted at any time. */
@NullMarked
package dev.sluice.cache;

import org.jspecify.annotations.NullMarked;
