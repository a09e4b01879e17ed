/** Incidents: who looks at them, and how they end. */
@NullMarked
package org.sekisho.cli.incident;

import org.jspecify.annotations.NullMarked;
