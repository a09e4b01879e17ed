/** How the agent runs as a service of the operating system: started, watched and stopped by it. */
@NullMarked
package org.sekisho.agent.service;

import org.jspecify.annotations.NullMarked;
