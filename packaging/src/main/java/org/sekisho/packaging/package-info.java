@NullMarked
package org.sekisho.packaging;

import org.jspecify.annotations.NullMarked;
