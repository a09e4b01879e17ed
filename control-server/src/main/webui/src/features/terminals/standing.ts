import type { Terminal } from '../../api/model';

/** How a terminal stands, as an administrator wants to know it at a glance. */
export type Standing = 'enforced' | 'lagging' | 'failed' | 'away' | 'revoked';

/**
 * Failed comes before everything that a connection could mend: a terminal that refused its policy, or where a channel failed,
 * needs a person. What it runs counts, never what was sent.
 */
export function standing(terminal: Terminal): Standing {
  if (terminal.state === 'REVOKED') {
    return 'revoked';
  }
  if (terminal.progress === 'REFUSED' || terminal.channels.some((channel) => channel.mode === 'FAILED')) {
    return 'failed';
  }
  if (!terminal.connected) {
    return 'away';
  }
  return isAsIntended(terminal) ? 'enforced' : 'lagging';
}

export function isAsIntended(terminal: Terminal): boolean {
  return terminal.progress === 'ENFORCED' && terminal.runningRevision === terminal.intendedRevision;
}

export interface Summary {
  total: number;
  connected: number;
  enforced: number;
  lagging: number;
  failed: number;
}

/** Revoked terminals don't count. */
export function summarize(terminals: readonly Terminal[]): Summary {
  const active = terminals.filter((terminal) => terminal.state !== 'REVOKED');
  const count = (predicate: (terminal: Terminal) => boolean) => active.filter(predicate).length;
  return {
    total: active.length,
    connected: count((terminal) => terminal.connected),
    enforced: count((terminal) => isAsIntended(terminal) && standing(terminal) !== 'failed'),
    lagging: count((terminal) => standing(terminal) === 'lagging'),
    failed: count((terminal) => standing(terminal) === 'failed'),
  };
}
