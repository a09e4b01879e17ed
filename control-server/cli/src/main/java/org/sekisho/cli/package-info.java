/** The operator's command: every act of an operator from a shell, with exit codes and JSON that scripts can rely on. */
@NullMarked
package org.sekisho.cli;

import org.jspecify.annotations.NullMarked;
