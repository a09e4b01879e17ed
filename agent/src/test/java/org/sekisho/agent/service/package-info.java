/** Tests. */
@NullMarked
package org.sekisho.agent.service;

import org.jspecify.annotations.NullMarked;
