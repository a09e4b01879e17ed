/** The service, under a real service control manager. */
@NullMarked
package org.sekisho.agent.service.windows;

import org.jspecify.annotations.NullMarked;
