/** What operators did. */
@NullMarked
package org.sekisho.cli.audit;

import org.jspecify.annotations.NullMarked;
