/** How the terminal and its agent stand: what is in it, what it tells people who ask, and whether it passes its own test. */
@NullMarked
package org.sekisho.agent.posture;

import org.jspecify.annotations.NullMarked;
