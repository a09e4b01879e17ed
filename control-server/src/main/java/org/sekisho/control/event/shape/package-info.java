/**
 * What events have in common and are searched for: programs, devices, texts, rule, labels. Promises that whatever a search
 * for a text finds contains that text, and that nothing that contains it is missed. Pure; knows no database.
 */
@NullMarked
package org.sekisho.control.event.shape;

import org.jspecify.annotations.NullMarked;
