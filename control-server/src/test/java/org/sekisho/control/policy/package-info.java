@NullMarked
package org.sekisho.control.policy;

import org.jspecify.annotations.NullMarked;
