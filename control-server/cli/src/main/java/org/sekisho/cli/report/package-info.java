/** {@code sekisho report}: periodic reports. */
@NullMarked
package org.sekisho.cli.report;

import org.jspecify.annotations.NullMarked;
