/** What the agent says to people, in Japanese and English, from message bundles that lie beside the classes that speak. */
@NullMarked
package org.sekisho.agent.text;

import org.jspecify.annotations.NullMarked;
