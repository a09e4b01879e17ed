/** Tests of what the agent tells of its terminal. */
@NullMarked
package org.sekisho.agent.posture;

import org.jspecify.annotations.NullMarked;
