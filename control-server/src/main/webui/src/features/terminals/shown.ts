import type { TerminalStanding, TerminalState, TerminalSummary } from '../../api/model';

interface Shown {
  /** Which figure counts them. */
  figure: keyof TerminalSummary;
  /** How the server is asked for them. */
  asked: { standing?: TerminalStanding; state?: TerminalState };
}

/** What the list can be narrowed to by how terminals stand. */
export const SHOWN: Record<string, Shown> = {
  connected: { figure: 'connected', asked: { standing: 'CONNECTED' } },
  away: { figure: 'away', asked: { standing: 'AWAY' } },
  enforced: { figure: 'enforced', asked: { standing: 'ENFORCED' } },
  lagging: { figure: 'lagging', asked: { standing: 'LAGGING' } },
  failed: { figure: 'failed', asked: { standing: 'FAILED' } },
  alarmed: { figure: 'alarmed', asked: { standing: 'ALARMED' } },
  isolated: { figure: 'isolated', asked: { standing: 'ISOLATED' } },
  waiting: { figure: 'waiting', asked: { state: 'WAITING' } },
  revoked: { figure: 'revoked', asked: { state: 'REVOKED' } },
  retired: { figure: 'retired', asked: { state: 'RETIRED' } },
};

/** As the server takes it; what isn't among them narrows nothing. */
export function asked(show: string): Shown['asked'] {
  return SHOWN[show]?.asked ?? {};
}
