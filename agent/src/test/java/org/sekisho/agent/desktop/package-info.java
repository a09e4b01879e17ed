/** Tests of the desktop helper. */
@NullMarked
package org.sekisho.agent.desktop;

import org.jspecify.annotations.NullMarked;
