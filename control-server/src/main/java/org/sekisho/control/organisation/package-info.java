/**
 * The organisation tree: divisions as paths, which part of it somebody may see, and to which division a terminal belongs.
 * Knows no feature; pure but for {@link org.sekisho.control.organisation.TerminalUnits}.
 */
@NullMarked
package org.sekisho.control.organisation;

import org.jspecify.annotations.NullMarked;
