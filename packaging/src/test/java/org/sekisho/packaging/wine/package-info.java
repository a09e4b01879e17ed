/**
 * The Windows side, tried in a real Windows JVM under Wine: each machine here has a prefix, a display and a Wine server of
 * its own, and touches nobody else's.
 */
@NullMarked
package org.sekisho.packaging.wine;

import org.jspecify.annotations.NullMarked;
