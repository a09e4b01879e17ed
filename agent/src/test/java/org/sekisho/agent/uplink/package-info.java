/** Tests. */
@NullMarked
package org.sekisho.agent.uplink;

import org.jspecify.annotations.NullMarked;
