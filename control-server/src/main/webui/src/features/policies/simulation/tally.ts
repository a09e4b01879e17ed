import type { SimulationGroup, SimulationReport } from '../../../api/model';

/** By what the acts that would end otherwise are put together. */
export type Grouping = 'division' | 'channel' | 'rule';

/** Acts that would end otherwise, of one division, channel or rule. */
export interface Tally {
  /** As it is on the wire; empty: no division, or the channel's default. */
  name: string;
  stopped: number;
  allowed: number;
  /** Neither newly stopped nor newly let through, such as recorded instead of allowed. */
  otherwise: number;
  groups: SimulationGroup[];
}

/** The rule that makes the difference: the draft's, or the one that no longer decides. */
export function decisiveRule(group: SimulationGroup): string {
  return group.ruleAfter ?? group.ruleBefore ?? '';
}

function nameOf(group: SimulationGroup, by: Grouping): string {
  switch (by) {
    case 'division':
      return group.orgUnit ?? '';
    case 'channel':
      return group.channel;
    case 'rule':
      return decisiveRule(group);
  }
}

/** Most acts first. */
export function tallies(report: SimulationReport, by: Grouping): Tally[] {
  const found = new Map<string, Tally>();
  for (const group of report.groups) {
    const name = nameOf(group, by);
    const tally = found.get(name) ?? { name, stopped: 0, allowed: 0, otherwise: 0, groups: [] };
    found.set(name, tally);
    tally.groups.push(group);
    if (group.after === 'BLOCK') {
      tally.stopped += group.acts;
    } else if (group.before === 'BLOCK') {
      tally.allowed += group.acts;
    } else {
      tally.otherwise += group.acts;
    }
  }
  const acts = (tally: Tally) => tally.stopped + tally.allowed + tally.otherwise;
  return [...found.values()].sort((a, b) => acts(b) - acts(a) || a.name.localeCompare(b.name));
}
