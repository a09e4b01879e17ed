@NullMarked
package org.sekisho.control;

import org.jspecify.annotations.NullMarked;
