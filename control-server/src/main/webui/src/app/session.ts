import { useSuspenseQuery } from '@tanstack/react-query';
import type { Role, Session } from '../api/model';
import { sessionQuery } from '../api/queries';

/** What the console lets a person do; the server decides for itself on every request. */
export type Act = 'publish' | 'revoke' | 'enrol' | 'seeTokens' | 'respond';

const ALLOWED: Record<Act, readonly Role[]> = {
  publish: ['administrator'],
  revoke: ['administrator'],
  enrol: ['administrator'],
  seeTokens: ['administrator', 'auditor'],
  respond: ['administrator', 'responder'],
};

export function may(session: Session, act: Act): boolean {
  return session.roles.some((role) => ALLOWED[act].includes(role));
}

/** Who is signed in. Only below the signed-in frame. */
export function useSession(): Session {
  return useSuspenseQuery(sessionQuery).data;
}

export function useMay(act: Act): boolean {
  return may(useSession(), act);
}
