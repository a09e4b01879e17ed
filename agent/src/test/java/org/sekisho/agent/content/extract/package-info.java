@NullMarked
package org.sekisho.agent.content.extract;

import org.jspecify.annotations.NullMarked;
