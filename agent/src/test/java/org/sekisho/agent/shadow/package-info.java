@NullMarked
package org.sekisho.agent.shadow;

import org.jspecify.annotations.NullMarked;
