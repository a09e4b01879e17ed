@NullMarked
package org.sekisho.cli;

import org.jspecify.annotations.NullMarked;
