@NullMarked
package org.sekisho.control.evidence;

import org.jspecify.annotations.NullMarked;
