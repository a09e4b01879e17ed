import { useSuspenseQuery } from '@tanstack/react-query';
import type { Role, Session } from '../api/model';
import { sessionQuery } from '../api/queries';

/** What the console lets a person do; the server decides for itself on every request. */
const ALLOWED = {
  publish: ['administrator'],
  approve: ['administrator', 'approver'],
  revoke: ['administrator'],
  enrol: ['administrator'],
  seeTokens: ['administrator', 'auditor'],
  respond: ['administrator', 'responder'],
  openShadowCopies: ['administrator', 'approver', 'responder'],
  takeEvidence: ['responder', 'auditor'],
  seeOperators: ['administrator', 'auditor'],
  manageOperators: ['administrator'],
  organise: ['administrator'],
  seeNotifications: ['administrator', 'auditor'],
  notify: ['administrator'],
  changeIncidentRules: ['administrator'],
  registerMedia: ['administrator'],
  grantPermits: ['administrator', 'approver'],
  seeExports: ['administrator', 'auditor'],
  export: ['administrator'],
  setAlarms: ['administrator'],
  seeReports: ['administrator', 'auditor'],
  seeInvitations: ['administrator', 'auditor'],
  invite: ['administrator'],
} as const satisfies Record<string, readonly Role[]>;
export type Act = keyof typeof ALLOWED;

/** These concern the whole organisation: a role that is limited to a branch is not enough. */
const WHOLE: ReadonlySet<Act> = new Set([
  'publish',
  'approve',
  'seeOperators',
  'manageOperators',
  'organise',
  'seeExports',
  'export',
  'setAlarms',
  'changeIncidentRules',
  'seeNotifications',
  'notify',
]);

export function may(session: Session, act: Act): boolean {
  return session.grants.some(
    ({ role, branch }) => (ALLOWED[act] as readonly Role[]).includes(role) && (!WHOLE.has(act) || branch === undefined || branch === null),
  );
}

/** Who is signed in. Only below the signed-in frame. */
export function useSession(): Session {
  return useSuspenseQuery(sessionQuery).data;
}

export function useMay(act: Act): boolean {
  return may(useSession(), act);
}
