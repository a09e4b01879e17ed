/** Measures the product beside what people would otherwise use, in one run on one machine. */
@NullMarked
package org.sekisho.packaging.bench;

import org.jspecify.annotations.NullMarked;
