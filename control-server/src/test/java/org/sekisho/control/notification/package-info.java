@NullMarked
package org.sekisho.control.notification;

import org.jspecify.annotations.NullMarked;
