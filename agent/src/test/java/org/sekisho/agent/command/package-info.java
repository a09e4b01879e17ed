@NullMarked
package org.sekisho.agent.command;

import org.jspecify.annotations.NullMarked;
