/** Who is told of incidents and alarms. */
@NullMarked
package org.sekisho.cli.notification;

import org.jspecify.annotations.NullMarked;
