/**
 * Shadow copies on the terminal: where they are made, and where they wait for the server. What lies there is sealed
 * ({@link org.sekisho.shadow}): neither this terminal nor the server can read it.
 */
@NullMarked
package org.sekisho.agent.shadow;

import org.jspecify.annotations.NullMarked;
