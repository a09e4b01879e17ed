/** Tests. */
@NullMarked
package org.sekisho.agent.permit;

import org.jspecify.annotations.NullMarked;
