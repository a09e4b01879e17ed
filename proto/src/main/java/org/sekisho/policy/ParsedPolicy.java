package org.sekisho.policy;

import org.sekisho.v1.Policy;

/**
 * A policy that came from a YAML text.
 *
 * @param policy what it says
 * @param source where it says so
 */
public record ParsedPolicy(Policy policy, SourceMap source) {}
