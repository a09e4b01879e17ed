/** Tests. */
@NullMarked
package org.sekisho.agent.policy;

import org.jspecify.annotations.NullMarked;
