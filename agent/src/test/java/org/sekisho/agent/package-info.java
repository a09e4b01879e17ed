/** Tests of the agent as a whole. */
@NullMarked
package org.sekisho.agent;

import org.jspecify.annotations.NullMarked;
