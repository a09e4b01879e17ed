import { describe, expect, it } from 'vitest';
import type { Terminal } from '../../api/model';
import { standing, summarize } from './standing';

const good: Terminal = {
  id: 't',
  host: 'h',
  segment: 'MY_NUMBER',
  state: 'ACTIVE',
  connected: true,
  runningRevision: 7,
  intendedRevision: 7,
  progress: 'ENFORCED',
  channels: [{ channel: 'CLIPBOARD', mode: 'ENFORCED', detail: '' }],
  agentVersion: '',
  os: '',
  backlog: 0,
  durableSeq: 0,
  chain: 'WHOLE',
  enrolledAt: '',
};

describe('how a terminal stands', () => {
  it.each([
    ['enforced', good],
    ['lagging', { ...good, runningRevision: 6 }],
    ['lagging', { ...good, progress: 'VERIFIED' }],
    ['failed', { ...good, progress: 'REFUSED' }],
    ['failed', { ...good, channels: [{ channel: 'CLIPBOARD', mode: 'FAILED', detail: 'EACCES' }] }],
    ['failed', { ...good, connected: false, progress: 'REFUSED' }],
    ['away', { ...good, connected: false }],
    ['revoked', { ...good, state: 'REVOKED', progress: 'REFUSED' }],
  ] as [string, Terminal][])('is %s', (expected, terminal) => {
    expect(standing(terminal)).toBe(expected);
  });

  it('counts what runs, not what was sent, and leaves revoked terminals out', () => {
    const terminals: Terminal[] = [
      good,
      { ...good, connected: false },
      { ...good, runningRevision: 6 },
      { ...good, channels: [{ channel: 'CLIPBOARD', mode: 'FAILED', detail: '' }] },
      { ...good, state: 'REVOKED' },
    ];
    expect(summarize(terminals)).toEqual({ total: 4, connected: 3, enforced: 2, lagging: 1, failed: 1 });
  });
});
