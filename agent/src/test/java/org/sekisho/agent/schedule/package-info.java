/** Tests. */
@NullMarked
package org.sekisho.agent.schedule;

import org.jspecify.annotations.NullMarked;
