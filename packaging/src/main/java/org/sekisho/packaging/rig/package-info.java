/** A whole installation as a test bench: server processes, REST, and terminals that are only simulated. */
@NullMarked
package org.sekisho.packaging.rig;

import org.jspecify.annotations.NullMarked;
