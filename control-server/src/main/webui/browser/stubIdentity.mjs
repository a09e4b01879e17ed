// The stub's part about operators: who they are, how they come in, and commands that ask to.
import { creation } from './stub.mjs';

/** Answers what concerns operators; signed in already. */
export function identity({ act, parts, body, state, list, json, problem }) {
  const [area, id, part, below] = parts;
  const operator = state.operators.find((one) => one.id === id);
  switch (area) {
    case 'invitations':
      if (act.startsWith('POST')) {
        const invitation = { id: crypto.randomUUID(), state: 'OPEN', createdBy: '山田 花子', createdAt: new Date().toISOString(), expiresAt: new Date(Date.now() + 259_200_000).toISOString(), name: '佐々木 玲', ...body };
        state.invitations.unshift(invitation);
        return json(201, { ...invitation, link: 'https://sekisho.example/invitation?token=ski_stub' });
      }
      if (act.startsWith('DELETE')) {
        state.invitations.find((one) => one.id === id).state = 'WITHDRAWN';
        return json(204);
      }
      return list(state.invitations);
    case 'account':
      return account(act, id, part, body, state, json);
    case 'device': {
      const found = state.devices.find((one) => one.code === part);
      if (found === undefined) return problem(404, 'no command waits with this code');
      if (act.startsWith('GET')) return json(200, found);
      state.devices = [];
      return json(204);
    }
    default:
  }
  if (id === undefined) return list(state.operators);
  if (operator === undefined) return problem(404, 'there is no such operator');
  if (act.startsWith('PATCH')) {
    Object.assign(operator, body);
    return json(200, operator);
  }
  if (part === 'tokens' && act.startsWith('POST')) {
    const token = { id: crypto.randomUUID(), createdAt: new Date().toISOString(), revoked: false, ...body };
    state.operatorTokens.unshift(token);
    return json(201, { ...token, token: 'sko_stub' });
  }
  if (act.startsWith('DELETE')) {
    if (part === 'tokens') state.operatorTokens = state.operatorTokens.filter((one) => one.id !== below);
    if (part === 'passkeys') state.passkeys = state.passkeys.filter((one) => one.id !== below);
    return json(204);
  }
  return json(200, { items: part === 'tokens' ? state.operatorTokens : state.passkeys, next: null });
}

function account(act, kind, id, body, state, json) {
  if (act === 'POST /account/passkeys/options') return json(200, creation());
  if (act === 'POST /account/passkeys') {
    const passkey = { id: crypto.randomUUID(), name: body.name, synced: false, createdAt: new Date().toISOString(), lastUsedAt: null };
    state.passkeys.push(passkey);
    return json(201, passkey);
  }
  const field = kind === 'tokens' ? 'operatorTokens' : 'passkeys';
  if (act.startsWith('DELETE')) {
    state[field] = state[field].filter((one) => one.id !== id);
    return json(204);
  }
  return json(200, { items: state[field], next: null });
}
