import { describe, expect, it } from 'vitest';
import type { Terminal, TerminalRollout } from '../../api/model';
import { sortOut } from './rollout';

const entry = (terminal: string, progress: TerminalRollout['progress']): TerminalRollout => ({ terminal, host: terminal, progress });
const ids = (entries: TerminalRollout[]) => entries.map((one) => one.terminal);

describe('a rollout', () => {
  it('waits for connected terminals only, and for those it does not know', () => {
    const rollout = sortOut(
      [entry('a', 'ENFORCED'), entry('b', 'REFUSED'), entry('c', 'RECEIVED'), entry('d', 'NONE'), entry('e', 'NONE')],
      [{ id: 'c', connected: true } as Terminal, { id: 'd', connected: false } as Terminal],
    );
    expect(ids(rollout.enforced)).toEqual(['a']);
    expect(ids(rollout.refused)).toEqual(['b']);
    expect(ids(rollout.lagging)).toEqual(['c', 'e']);
    expect(ids(rollout.away)).toEqual(['d']);
  });
});
