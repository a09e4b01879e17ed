/** One contract for the secrets of every platform. */
@NullMarked
package org.sekisho.agent.secret;

import org.jspecify.annotations.NullMarked;
