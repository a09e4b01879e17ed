/** What operators see: tables whose columns line up in any script, or JSON; nothing that a terminal wrote reaches the screen as a control character. */
@NullMarked
package org.sekisho.cli.output;

import org.jspecify.annotations.NullMarked;
