import type { IncidentRule } from '../../api/model';

/** A rule to begin with: the first attempt opens one, repetitions within an hour join it. */
export function emptyRule(rules: readonly IncidentRule[]): IncidentRule {
  const ids = new Set(rules.map(({ id }) => id));
  let number = rules.length + 1;
  while (ids.has(`rule-${number}`)) {
    number += 1;
  }
  return {
    id: `rule-${number}`,
    name: '',
    enabled: true,
    kinds: ['ATTEMPT'],
    channels: [],
    verdicts: [],
    leastSeverity: 'LOW',
    threshold: 1,
    windowMinutes: 60,
    joinMinutes: 60,
    respondHours: 72,
  };
}

/** Whether there is anything to save. */
export function isChanged(before: readonly IncidentRule[], after: readonly IncidentRule[]): boolean {
  return JSON.stringify(before) !== JSON.stringify(after);
}

/** With the rule at one place moved up or down. */
export function moved(rules: readonly IncidentRule[], from: number, by: -1 | 1): readonly IncidentRule[] {
  const to = from + by;
  const rule = rules[from];
  const other = rules[to];
  if (rule === undefined || other === undefined) {
    return rules;
  }
  return rules.map((one, index) => (index === from ? other : index === to ? rule : one));
}
