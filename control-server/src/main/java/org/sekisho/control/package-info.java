/**
 * The control server: what administrators and incident staff run, and what terminals report to. This package holds only
 * its settings.
 */
@NullMarked
package org.sekisho.control;

import org.jspecify.annotations.NullMarked;
