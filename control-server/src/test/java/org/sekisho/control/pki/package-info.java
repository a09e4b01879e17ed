@NullMarked
package org.sekisho.control.pki;

import org.jspecify.annotations.NullMarked;
