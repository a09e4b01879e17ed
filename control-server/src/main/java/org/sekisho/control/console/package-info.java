/** Serves the console: every address of it answers with the one document that then shows the page. */
@NullMarked
package org.sekisho.control.console;

import org.jspecify.annotations.NullMarked;
