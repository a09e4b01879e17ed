/** What can be tried of the Windows side on any platform. */
@NullMarked
package org.sekisho.agent.os.windows;

import org.jspecify.annotations.NullMarked;
