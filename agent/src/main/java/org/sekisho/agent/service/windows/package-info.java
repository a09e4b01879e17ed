/**
 * The agent as a Windows service: how it is put into the service control manager, and how it runs under it.
 *
 * <p>What was set is read back; what did not hold is reported, for a setting that Windows refused silently protects nobody.
 */
@NullMarked
package org.sekisho.agent.service.windows;

import org.jspecify.annotations.NullMarked;
