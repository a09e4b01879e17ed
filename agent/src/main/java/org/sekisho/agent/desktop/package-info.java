/**
 * The desktop helper: the process in a user's session that sees and shows, and never decides. Also how the service finds
 * sessions and starts a helper in each.
 */
@NullMarked
package org.sekisho.agent.desktop;

import org.jspecify.annotations.NullMarked;
