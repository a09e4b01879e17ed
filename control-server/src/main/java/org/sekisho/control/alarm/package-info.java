/**
 * Alarms: what is not as it should be with a terminal, for as long as it isn't. Raised once whichever replica sees it, cleared
 * when the fact has ended, acknowledged by an operator. What a person must investigate is an incident; an alarm is for those
 * who keep the terminals running.
 */
@NullMarked
package org.sekisho.control.alarm;

import org.jspecify.annotations.NullMarked;
