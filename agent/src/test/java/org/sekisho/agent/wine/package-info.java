/** What runs inside a Windows JVM on behalf of tests that run outside of it. */
@NullMarked
package org.sekisho.agent.wine;

import org.jspecify.annotations.NullMarked;
