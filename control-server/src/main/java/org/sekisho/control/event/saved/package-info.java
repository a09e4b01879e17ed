/** Searches that operators keep by name, for themselves or for all. What one finds is still only what its reader may see. */
@NullMarked
package org.sekisho.control.event.saved;

import org.jspecify.annotations.NullMarked;
