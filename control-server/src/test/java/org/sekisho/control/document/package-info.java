@NullMarked
package org.sekisho.control.document;

import org.jspecify.annotations.NullMarked;
