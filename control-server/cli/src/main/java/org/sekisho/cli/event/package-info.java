/** Recorded events, stored and live. */
@NullMarked
package org.sekisho.cli.event;

import org.jspecify.annotations.NullMarked;
