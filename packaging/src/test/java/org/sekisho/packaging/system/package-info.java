/** The system as a whole, from the distribution: real processes, a real X server, a real PostgreSQL. */
@NullMarked
package org.sekisho.packaging.system;

import org.jspecify.annotations.NullMarked;
