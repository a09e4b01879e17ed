import type { Terminal, TerminalRollout } from '../../api/model';

/** How far a revision has come on the terminals of its segment. */
export interface Rollout {
  enforced: TerminalRollout[];
  refused: TerminalRollout[];
  /** Connected, and not yet answered to the end. */
  lagging: TerminalRollout[];
  /** Not connected: they take it when they come back. */
  away: TerminalRollout[];
}

/** A terminal that is not among `terminals` counts as connected: better waited for than forgotten. */
export function sortOut(entries: readonly TerminalRollout[], terminals: readonly Terminal[]): Rollout {
  const gone = new Set(terminals.filter((terminal) => !terminal.connected).map((terminal) => terminal.id));
  const open = entries.filter((entry) => entry.progress !== 'ENFORCED' && entry.progress !== 'REFUSED');
  return {
    enforced: entries.filter((entry) => entry.progress === 'ENFORCED'),
    refused: entries.filter((entry) => entry.progress === 'REFUSED'),
    lagging: open.filter((entry) => !gone.has(entry.terminal)),
    away: open.filter((entry) => gone.has(entry.terminal)),
  };
}
