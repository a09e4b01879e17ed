@NullMarked
package org.sekisho.control.secret;

import org.jspecify.annotations.NullMarked;
