@NullMarked
package org.sekisho.agent;

import org.jspecify.annotations.NullMarked;
