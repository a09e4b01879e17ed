@NullMarked
package org.sekisho.control.event;

import org.jspecify.annotations.NullMarked;
