/** What the agent asks of the machine and of its JVM, apart from the native calls in the rooms below. */
@NullMarked
package org.sekisho.agent.os;

import org.jspecify.annotations.NullMarked;
