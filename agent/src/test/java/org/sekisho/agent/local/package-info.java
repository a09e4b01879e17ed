/** Tests of the local protocol and its transports. */
@NullMarked
package org.sekisho.agent.local;

import org.jspecify.annotations.NullMarked;
