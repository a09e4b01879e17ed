/**
 * Win32 declarations beyond what jna-platform has, and the thinnest wrappers that free what the calls return. No decision
 * and no policy is here. Every failed call becomes a {@link org.sekisho.agent.os.windows.Win32Failure} with its number.
 */
@NullMarked
package org.sekisho.agent.os.windows;

import org.jspecify.annotations.NullMarked;
