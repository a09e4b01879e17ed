import type { TerminalRollout } from '../../api/model';

/** How far a revision has come on the terminals of its segment. */
export interface Rollout {
  enforced: TerminalRollout[];
  refused: TerminalRollout[];
  /** Connected, and not yet answered to the end. */
  lagging: TerminalRollout[];
  /** Not connected: they take it when they come back. */
  away: TerminalRollout[];
}

export function sortOut(terminals: readonly TerminalRollout[]): Rollout {
  const isOpen = (terminal: TerminalRollout) => terminal.progress !== 'ENFORCED' && terminal.progress !== 'REFUSED';
  return {
    enforced: terminals.filter((terminal) => terminal.progress === 'ENFORCED'),
    refused: terminals.filter((terminal) => terminal.progress === 'REFUSED'),
    lagging: terminals.filter((terminal) => isOpen(terminal) && terminal.connected !== false),
    away: terminals.filter((terminal) => isOpen(terminal) && terminal.connected === false),
  };
}
