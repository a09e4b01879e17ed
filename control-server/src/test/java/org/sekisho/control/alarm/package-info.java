@NullMarked
package org.sekisho.control.alarm;

import org.jspecify.annotations.NullMarked;
