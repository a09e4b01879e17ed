@NullMarked
package org.sekisho.control.report;

import org.jspecify.annotations.NullMarked;
