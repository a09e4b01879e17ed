// A stand-in for the server: the REST contract over fixtures in memory, and the built console with the server's own headers.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import * as fixtures from './fixtures.mjs';
import { identity } from './stubIdentity.mjs';
import { reportDraft } from './stubReportDraft.mjs';
import { alarmDesk, alarms, alarmSettings, overview, reportDesk, reports } from './stubWatch.mjs';

/** As in the server's application.properties: what breaks under it here breaks there. */
const CSP =
  "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };
export const OPERATOR_TOKEN = 'stub-operator-token';
export const SETUP_TOKEN = 'stub-setup-token';
export const INVITATION_TOKEN = 'stub-invitation-token';
/** The cookie of somebody who has signed in. */
export const SESSION = { name: 'sekisho_session', value: 'stub' };
const COOKIE = `${SESSION.name}=${SESSION.value}`;
const CSRF = 'stub-csrf';
const CHALLENGE = 'c3R1Yi1jaGFsbGVuZ2Utc3R1Yi1jaGFsbGVuZ2UtMzI';

/** Starts on a free loopback port. `scenario`: `full`, `empty` or `broken`. */
export async function startStub(webRoot) {
  const state = fresh();
  const streams = new Set();
  const server = createServer((request, response) => {
    handle(request, response, state, streams, webRoot).catch((error) => problem(response, 500, String(error)));
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const beat = setInterval(() => streams.forEach((stream) => stream.write(': beat\n\n')), 15_000);
  return {
    url: `http://localhost:${server.address().port}`,
    state,
    /** Sends a live event to every open stream. */
    emit(event) {
      state.events.unshift(event);
      streams.forEach((stream) => stream.write(`id: ${event.terminal}/${event.seq}\nevent: event\ndata: ${JSON.stringify(event)}\n\n`));
    },
    lag: () => streams.forEach((stream) => stream.write('event: lagged\ndata: {}\n\n')),
    cut: () => streams.forEach((stream) => stream.end()),
    streams: () => streams.size,
    reset: () => Object.assign(state, fresh()),
    async stop() {
      clearInterval(beat);
      streams.forEach((stream) => stream.destroy());
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

function fresh() {
  return structuredClone({
    scenario: 'full',
    role: 'administrator',
    tokensSignIn: true,
    passkeyRefused: false,
    terminals: fixtures.terminals,
    groups: fixtures.groups,
    commands: fixtures.commands,
    units: fixtures.units,
    events: fixtures.events,
    exports: [
      { id: crypto.randomUUID(), name: '庁内ログサーバー', transport: 'SYSLOG', format: 'CEF', address: 'log.city.example:6514', ownAuthority: true, enabled: true, delivered: 120345, waiting: 0, failures: 0, version: 1 },
      { id: crypto.randomUUID(), name: '県SOC', transport: 'WEBHOOK', format: 'OCSF', address: 'https://soc.example/events', ownAuthority: false, enabled: true, delivered: 100, waiting: 10000, failures: 4, failedAt: new Date().toISOString(), failure: 'ConnectException: Connection refused', version: 2 },
    ],
    searches: [{ id: crypto.randomUUID(), name: '夜間の遮断', shared: true, query: 'verdict=BLOCK', operator: '佐々木 玲', createdAt: new Date().toISOString() }],
    incidents: fixtures.incidents,
    drafts: {},
    alarms,
    alarmSettings,
    reports,
    policies: fixtures.policies,
    proposals: fixtures.proposals,
    tokens: fixtures.tokens,
    incidentRules: fixtures.incidentRules,
    subscriptions: fixtures.subscriptions,
    mailServer: fixtures.mailServer,
    media: fixtures.media,
    permits: fixtures.permits,
    shadowCopies: fixtures.shadowCopies,
    yaml: { 'MY_NUMBER/7': fixtures.yaml, 'MY_NUMBER/6': fixtures.yaml, 'LGWAN/2': fixtures.yaml.replace('my-number', 'lgwan') },
    setupUsed: false,
    invitationUsed: false,
    operators: fixtures.operators,
    passkeys: fixtures.passkeys,
    operatorTokens: fixtures.operatorTokens,
    invitations: fixtures.invitations,
    devices: [fixtures.device],
    requests: [],
  });
}

async function handle(request, response, state, streams, webRoot) {
  const url = new URL(request.url, 'http://localhost');
  response.setHeader('Content-Security-Policy', CSP);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  if (!url.pathname.startsWith('/api/')) {
    return page(url.pathname, response, webRoot);
  }
  const body = await read(request, request.headers['content-type'] === 'text/csv');
  const path = url.pathname.slice('/api/v1'.length);
  const act = `${request.method} ${path}`;
  state.requests.push({ act, body });

  const signedIn = () => {
    response.setHeader('Set-Cookie', `${COOKIE}; Path=/; HttpOnly; SameSite=Strict`);
    return json(response, 200, session(state));
  };
  if (act === 'GET /setup') return json(response, 200, { valid: url.searchParams.get('token') === SETUP_TOKEN && !state.setupUsed });
  if (act === 'POST /setup/options' || act === 'POST /invitations/acceptance/options') return json(response, 200, creation());
  if (act === 'POST /setup') {
    state.setupUsed = true;
    return signedIn();
  }
  if (act === 'GET /invitations/acceptance') {
    const valid = url.searchParams.get('token') === INVITATION_TOKEN && !state.invitationUsed;
    return json(response, 200, valid ? { valid, name: '高橋 葵', roles: fixtures.invitations[0].roles } : { valid });
  }
  if (act === 'POST /invitations/acceptance') {
    state.invitationUsed = true;
    return signedIn();
  }
  if (act === 'GET /sign-in') return json(response, 200, { passkeyDomain: 'localhost', operatorToken: state.tokensSignIn, identityProvider: '例市 ID' });
  if (act === 'POST /sign-in/options') return json(response, 200, { challenge: CHALLENGE, domain: 'localhost', timeoutMillis: 300_000 });
  if (act === 'POST /sign-in') return state.passkeyRefused ? problem(response, 401, 'this passkey does not sign in here') : signedIn();
  if (act === 'POST /session') {
    if (body.token !== OPERATOR_TOKEN) return problem(response, 401, 'the operator token is unknown');
    return signedIn();
  }
  if (!(request.headers.cookie ?? '').includes(COOKIE)) return problem(response, 401, 'nobody is signed in');
  if (request.method !== 'GET' && request.headers['x-sekisho-csrf'] !== CSRF) return problem(response, 403, 'the CSRF header is missing');
  if (act === 'DELETE /session' || act === 'DELETE /session/all') {
    response.setHeader('Set-Cookie', 'sekisho_session=; Path=/; Max-Age=0');
    return json(response, 204);
  }
  if (act === 'GET /session') return json(response, 200, session(state));
  if (act === 'GET /server') return json(response, 200, { version: '0.1.0', tenant: '例市', caPem: '', grpcPort: 8444, segments: ['MY_NUMBER', 'LGWAN', 'INTERNET'] });
  if (state.scenario === 'broken') return problem(response, 500, 'the database is not reachable');
  return resources(act, path, url, body, response, state, streams);
}

function resources(act, path, url, body, response, state, streams) {
  const list = (items) => json(response, 200, { items: state.scenario === 'empty' ? [] : items, next: null });
  const parts = path.split('/').slice(1).map(decodeURIComponent);
  const query = url.searchParams;

  switch (parts[0]) {
    case 'terminals': {
      if (parts.length === 1) return list(narrowed(state.terminals, query));
      if (parts[1] === 'summary') return json(response, 200, summary(state.scenario === 'empty' ? [] : narrowed(state.terminals, query)));
      if (parts[1] === 'move') {
        state.terminals.filter((one) => body.terminals.includes(one.id)).forEach((one) => Object.assign(one, { orgUnit: body.orgUnit ?? null }));
        return json(response, 200, { items: [], next: null });
      }
      const found = state.terminals.find((one) => one.id === parts[1]);
      if (found === undefined) return problem(response, 404, 'there is no such terminal');
      if (parts[2] === 'commands') {
        if (act.startsWith('GET')) return list(found.id === 't-7f3a01' ? state.commands : []);
        state.commands.unshift({ ...fixtures.commands[0], number: 3, text: '', detail: '', ...body, state: 'DELIVERED' });
        if (body.kind === 'ISOLATE') found.isolated = true;
        return json(response, 201, state.commands[0]);
      }
      if (parts[2] === 'revoke') Object.assign(found, { state: 'REVOKED', connected: false });
      if (parts[2] === 'retire') Object.assign(found, { state: 'RETIRED', connected: false });
      if (parts[2] === 'approve') Object.assign(found, { state: 'ACTIVE' });
      return json(response, 200, found);
    }
    case 'terminal-groups':
      if (act.startsWith('POST')) {
        state.groups.push({ id: crypto.randomUUID(), note: '', members: [], terminals: 0, version: 1, ...body });
        return json(response, 201, state.groups.at(-1));
      }
      if (act.startsWith('DELETE')) {
        state.groups = state.groups.filter((one) => one.id !== parts[1]);
        return json(response, 204);
      }
      return list(state.groups);
    case 'org-units':
      if (act === 'POST /org-units') state.units.push(...body.paths.map((path) => ({ path, terminals: 0 })));
      if (act === 'POST /org-units/rename') state.units.forEach((one) => (one.path = one.path.replace(body.from, body.to)));
      if (act.startsWith('DELETE')) {
        state.units = state.units.filter((one) => one.path !== query.get('path'));
        return json(response, 204);
      }
      return list(state.units);
    case 'enrolment-tokens': {
      if (act.startsWith('POST')) {
        const token = { id: crypto.randomUUID(), usesLeft: body.uses ?? 1, segment: body.segment, orgUnit: body.orgUnit ?? null, expiresAt: body.expiresAt, createdBy: '山田 花子', createdAt: new Date().toISOString() };
        state.tokens.unshift(token);
        return json(response, 201, { ...token, token: 'skt1.c3R1Yi1hbmNob3ItZGlnZXN0LXN0dWItYW5jaG9yLWRpZ2U.c3R1Yi1zZWNyZXQtc3R1Yi1zZWNyZXQtc3R1Yi1zZWNyZXQ' });
      }
      if (act.startsWith('DELETE')) {
        state.tokens = state.tokens.filter((one) => one.id !== parts[1]);
        return json(response, 204);
      }
      return list(state.tokens);
    }
    case 'events': {
      if (parts[1] === 'stream') {
        streams.add(response);
        response.on('close', () => streams.delete(response));
        return opened(response);
      }
      if (parts[3] === 'explanation') return json(response, 200, fixtures.explanation);
      if (parts[1] === 'histogram') {
        const hour = 3_600_000;
        const to = Math.ceil(Date.now() / hour) * hour;
        const items = state.events.length === 0 ? [] : Array.from({ length: 48 }, (_, index) => ({ at: new Date(to - (48 - index) * hour).toISOString(), count: 20 + ((index * 7) % 30), stopped: index % 5 }));
        const sum = (field) => items.reduce((all, item) => all + item[field], 0);
        return json(response, 200, { from: new Date(to - 48 * hour).toISOString(), to: new Date(to).toISOString(), seconds: 3600, exact: true, total: sum('count'), stopped: sum('stopped'), items });
      }
      if (parts.length === 3) {
        const found = state.events.find((one) => one.terminal === parts[1] && one.seq === Number(parts[2]));
        return found === undefined ? problem(response, 404, 'there is no such event') : json(response, 200, found);
      }
      const fields = ['terminal', 'kind', 'channel', 'verdict', 'severity', 'user', 'rule'];
      const found = state.events.filter(
        (one) =>
          fields.every((field) => query.get(field) === null || one[field] === query.get(field)) &&
          (one.masked ?? '').includes(query.get('q') ?? ''),
      );
      const first = Number(query.get('after') ?? 0);
      const end = first + Number(query.get('limit') ?? found.length);
      return state.scenario === 'empty'
        ? list([])
        : json(response, 200, { items: found.slice(first, end), next: end < found.length ? String(end) : null });
    }
    case 'alarms':
    case 'alarm-settings':
      return alarmDesk({
        act,
        parts,
        query,
        body,
        state,
        answer: {
          list,
          json: (status, document) => json(response, status, document),
          problem: (status, detail) => problem(response, status, detail),
          stream: () => opened(response),
        },
      });
    case 'reports':
      return reportDesk({ act, parts, body, state, answer: { list, json: (status, document) => json(response, status, document), problem: (status, detail) => problem(response, status, detail) } });
    case 'overview':
      return json(response, 200, overview({ query, state, summary: summary(state.scenario === 'empty' ? [] : state.terminals), incidents: incidentCounts(state) }));
    case 'export-destinations': {
      if (act.startsWith('POST')) {
        const made = { id: crypto.randomUUID(), ...body, ownAuthority: body.anchor !== undefined, enabled: true, delivered: 0, waiting: 0, failures: 0, version: 1 };
        state.exports.push(made);
        return json(response, 201, { destination: made, secret: body.transport === 'WEBHOOK' ? 'c3R1Yi1zZWNyZXQtc3R1Yi1zZWNyZXQtc3R1Yi1zZWNyZXQ' : null });
      }
      const found = state.exports.find((one) => one.id === parts[1]);
      if (act.startsWith('PATCH')) {
        Object.assign(found, { enabled: body.enabled, version: found.version + 1 });
        return json(response, 200, found);
      }
      if (act.startsWith('DELETE')) {
        state.exports = state.exports.filter((one) => one !== found);
        return json(response, 204);
      }
      return list(state.exports);
    }
    case 'notification-subscriptions': {
      if (act.startsWith('POST')) {
        const made = { id: crypto.randomUUID(), ...body, ownAuthority: false, enabled: true, delivered: 0, failures: 0, version: 1 };
        state.subscriptions.push(made);
        return json(response, 201, { subscription: made, secret: body.transport === 'WEBHOOK' ? 'c3R1Yi1zZWNyZXQtc3R1Yi1zZWNyZXQtc3R1Yi1zZWNyZXQ' : null });
      }
      const found = state.subscriptions.find((one) => one.id === parts[1]);
      if (act.startsWith('PATCH')) {
        if (body.version !== found.version) return problem(response, 409, 'The subscription has changed');
        return json(response, 200, Object.assign(found, body, { version: found.version + 1 }));
      }
      if (act.startsWith('DELETE')) {
        state.subscriptions = state.subscriptions.filter((one) => one !== found);
        return json(response, 204);
      }
      return list(state.subscriptions);
    }
    case 'mail-server':
      if (parts[1] === 'test') return json(response, 200, body.address.startsWith('wrong') ? { taken: false, failure: 'SMTPAddressFailedException: 550 no such user' } : { taken: true });
      if (act.startsWith('PUT')) {
        const { password, ...rest } = body;
        state.mailServer = { ...rest, hasPassword: password !== undefined || state.mailServer?.hasPassword === true, version: body.version + 1 };
      }
      return state.mailServer === null || state.scenario === 'empty' ? problem(response, 404, 'there is no such mail server') : json(response, 200, state.mailServer);
    case 'incident-rules':
      if (act === 'POST /incident-rules/preview') {
        return json(response, 200, { from: new Date().toISOString(), attempts: 1250, complete: true, now: 41, then: 12, rules: body.rules.map((one, index) => ({ rule: one.id, attempts: 100 * index, incidents: 3 * index })) });
      }
      if (act.startsWith('PUT')) {
        if (body.version !== state.incidentRules.version) return problem(response, 409, 'The incident rules have changed');
        Object.assign(state.incidentRules, { rules: body.rules, version: body.version + 1, by: '山田 花子', at: new Date().toISOString(), reason: body.reason });
      }
      return json(response, 200, state.incidentRules);
    case 'media':
      return media(act, parts, body, response, state, query, list);
    case 'permits': {
      if (act === 'POST /permits') {
        const known = state.media.find((one) => one.id === body.medium);
        const made = { ...structuredClone(fixtures.permits[0]), id: crypto.randomUUID(), channel: 'MEDIA', files: [], fileNames: [], ...body, host: 'zeimu-01', mediumName: known?.name ?? null, used: 0, usedAt: null, delivery: 'PENDING', grantedBy: '山田 花子', from: body.from ?? new Date().toISOString() };
        state.permits.unshift(made);
        return json(response, 201, made);
      }
      if (parts.length === 1) {
        return list(state.permits.filter((one) => ['state', 'terminal', 'user'].every((field) => (query.get(field) ?? one[field]) === one[field])));
      }
      const found = state.permits.find((one) => one.id === parts[1]);
      if (found === undefined) return problem(response, 404, 'there is no such permit');
      if (parts[2] === 'events') {
        if (found.id !== fixtures.permits[0].id) return list([]);
        return json(response, 200, query.get('after') === null ? { items: fixtures.carried.slice(0, 2), next: 'rest' } : { items: fixtures.carried.slice(2), next: null });
      }
      if (parts[2] === 'revoke') Object.assign(found, { state: 'REVOKED', delivery: 'PENDING', revokedBy: '山田 花子', revokedAt: new Date().toISOString(), revokeReason: body.reason });
      return json(response, 200, found);
    }
    case 'shadow-copies': {
      if (parts.length === 1) {
        return list(state.shadowCopies.filter((one) => ['state', 'terminal'].every((field) => (query.get(field) ?? one[field]) === one[field])));
      }
      const copy = state.shadowCopies.find((one) => one.id === parts[1]);
      if (copy === undefined) return problem(response, 404, 'there is no such shadow copy');
      if (parts[2] !== 'openings') return json(response, 200, copy);
      if (parts.length === 3) {
        const asked = { id: crypto.randomUUID(), reader: '山田 花子', reason: body.reason, state: 'ASKED', askedAt: new Date().toISOString(), lapsesAt: new Date(Date.now() + 86_400_000).toISOString() };
        copy.openings.unshift(asked);
        return json(response, 201, asked);
      }
      const opening = copy.openings.find((one) => one.id === parts[3]);
      if (opening === undefined) return problem(response, 404, 'there is no such opening');
      return json(response, 200, Object.assign(opening, { state: 'REFUSED', approver: '山田 花子', decidedAt: new Date().toISOString(), refusal: body.reason }));
    }
    case 'saved-searches': {
      if (act.startsWith('POST')) {
        const saved = { id: crypto.randomUUID(), ...body, operator: '山田 花子', createdAt: new Date().toISOString() };
        state.searches.push(saved);
        return json(response, 201, saved);
      }
      if (act.startsWith('DELETE')) {
        state.searches = state.searches.filter((one) => one.id !== parts[1]);
        return json(response, 204);
      }
      return list(state.searches);
    }
    case 'incidents': {
      if (parts.length === 1) {
        return list(
          state.incidents.filter(
            (one) =>
              (query.get('state') === null || one.state === query.get('state')) &&
              (query.get('open') === null || one.state !== 'CLOSED') &&
              (query.get('mine') === null || one.owner === '山田 花子') &&
              (query.get('overdue') === null || one.overdue),
          ),
        );
      }
      if (parts[1] === 'counts') return json(response, 200, incidentCounts(state));
      const found = state.incidents.find((one) => String(one.id) === parts[1]);
      if (found === undefined) return problem(response, 404, 'there is no such incident');
      if (parts[2] === 'timeline') return json(response, 200, fixtures.timelineOf(found));
      if (parts[2] === 'similar') {
        return list(
          state.incidents
            .filter((one) => one.id !== found.id && one.kind === 'ATTEMPT')
            .map((incident) => ({ incident, why: ['NUMBER', 'PERSON'], numbers: 2 })),
        );
      }
      if (parts[2] === 'report-drafts') return json(response, 200, reportDraft({ incident: found, stage: parts[3], language: query.get('language'), act, body, state }));
      if (act.startsWith('PATCH')) {
        if (body.version !== found.version) return problem(response, 409, `the incident is at version ${found.version}`);
        if (body.state !== undefined) found.state = body.state;
        if (body.owner !== undefined) found.owner = body.owner;
        if (body.tags !== undefined) found.tags = body.tags;
        if (body.finding !== undefined) found.finding = { ...body.finding, at: new Date().toISOString(), by: '山田 花子' };
        if (body.note !== undefined) found.notes.push({ at: new Date().toISOString(), by: '山田 花子', text: body.note });
        found.version += 1;
      }
      return json(response, 200, { ...found, events: state.events.filter((one) => one.incident === found.id) });
    }
    case 'policy-proposals': {
      if (parts.length === 1) return list(state.proposals.filter((one) => query.get('open') !== 'true' || one.state === 'OPEN'));
      const found = state.proposals.find((one) => String(one.id) === parts[1]);
      if (found === undefined) return problem(response, 404, 'there is no such proposal');
      if (parts[2] === 'approval') Object.assign(found, { state: 'APPROVED', decidedBy: '山田 花子', decidedAt: new Date().toISOString(), revision: 8 });
      if (parts[2] === 'refusal') Object.assign(found, { state: 'REFUSED', decidedBy: '山田 花子', decidedAt: new Date().toISOString(), decisionReason: body.reason });
      return json(response, parts[2] === 'approval' ? 201 : 200, found);
    }
    case 'policies':
      return policies(act, parts, body, response, state, list);
    case 'operators':
    case 'invitations':
    case 'account':
    case 'device':
      return identity({ act, parts, body, state, list, json: (status, document) => json(response, status, document), problem: (status, detail) => problem(response, status, detail) });
    default:
      return problem(response, 404, 'there is no such resource');
  }
}

/** A live stream that says nothing yet. */
function opened(response) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  response.write(': hello\n\n');
  return undefined;
}

function incidentCounts(state) {
  const open = state.scenario === 'empty' ? [] : state.incidents.filter((one) => one.state !== 'CLOSED');
  return {
    fresh: open.filter((one) => one.state === 'NEW').length,
    mine: open.filter((one) => one.owner === '山田 花子').length,
    overdue: open.filter((one) => one.overdue).length,
    open: open.length,
  };
}

function media(act, parts, body, response, state, query, list) {
  if (act === 'POST /media/import') {
    if (body.includes('NOWHERE')) {
      const finding = (line, code, ja, en) => ({ severity: 'ERROR', code, line, message: { ja, en } });
      return problem(response, 422, 'The table has errors; nothing was registered', {
        code: 'import-findings',
        findings: [finding(3, 'segment', '系は MY_NUMBER、LGWAN、INTERNET のいずれかです。', 'A segment is MY_NUMBER, LGWAN or INTERNET.'), finding(4, 'name', '名称は 1〜200 文字です。', 'A name has 1 to 200 characters.')],
      });
    }
    return json(response, 200, { registered: body.trim().split('\n').length - 1 });
  }
  if (act === 'POST /media') {
    if (body.name === '重複' && body.sharedIdentity !== true) return problem(response, 409, 'A medium with this identity is registered already', { code: 'already-registered' });
    const made = { ...structuredClone(fixtures.media[0]), id: crypto.randomUUID(), seen: null, version: 1, ...body, registeredBy: '山田 花子', registeredAt: new Date().toISOString() };
    state.media.unshift(made);
    return json(response, 201, made);
  }
  if (parts.length === 1) {
    const q = query.get('q') ?? '';
    return list(state.media.filter((one) => ['state', 'segment'].every((field) => (query.get(field) ?? one[field]) === one[field]) && one.name.includes(q)));
  }
  const found = state.media.find((one) => one.id === parts[1]);
  if (found === undefined) return problem(response, 404, 'there is no such medium');
  if (act.startsWith('PATCH')) {
    if (body.version !== found.version) return problem(response, 409, 'Somebody else has changed this medium');
    const { version, noEnd, reason, ...change } = body;
    Object.assign(found, change, { version: version + 1 }, noEnd === true ? { expiresAt: null } : {}, reason === undefined ? {} : { stateReason: reason });
  }
  return json(response, 200, found);
}

const failed = (one) => one.progress === 'REFUSED' || one.channels.some((channel) => channel.mode === 'FAILED');
const enforced = (one) => !failed(one) && one.runningRevision >= one.intendedRevision;
const standings = { ALARMED: (one) => one.alarms > 0, ISOLATED: (one) => one.isolated, CONNECTED: (one) => one.connected, AWAY: (one) => !one.connected, FAILED: failed, ENFORCED: enforced, LAGGING: (one) => !failed(one) && !enforced(one) };
const used = (one) => one.state === 'ACTIVE' || one.state === 'WAITING';

function narrowed(terminals, query) {
  const q = query.get('q') ?? '';
  const unit = query.get('orgUnit') ?? '';
  const way = (query.get('sort') ?? '').startsWith('-') ? -1 : 1;
  return terminals
    .filter(
      (one) =>
        (query.get('segment') ?? one.segment) === one.segment &&
        (query.get('state') ?? one.state) === one.state &&
        (query.get('standing') === null || (used(one) && standings[query.get('standing')](one))) &&
        (unit === '' || one.orgUnit === unit || (one.orgUnit ?? '').startsWith(`${unit}/`)) &&
        [one.host, one.user, one.orgUnit].some((text) => (text ?? '').includes(q)),
    )
    .sort((one, other) => way * one.host.localeCompare(other.host));
}

function summary(terminals) {
  const count = (fits) => terminals.filter(fits).length;
  return {
    total: count(used),
    connected: count((one) => used(one) && one.connected),
    away: count((one) => used(one) && !one.connected),
    enforced: count((one) => used(one) && enforced(one)),
    lagging: count((one) => used(one) && standings.LAGGING(one)),
    failed: count((one) => used(one) && failed(one)),
    isolated: count((one) => used(one) && one.isolated),
    alarmed: count((one) => used(one) && one.alarms > 0),
    waiting: count((one) => one.state === 'WAITING'),
    revoked: count((one) => one.state === 'REVOKED'),
    retired: count((one) => one.state === 'RETIRED'),
  };
}

function policies(act, parts, body, response, state, list) {
  if (act === 'POST /policies/check') return json(response, 200, check(body.yaml));
  if (act === 'POST /policies/diff') {
    const changes = body.yaml.includes('verdict: allow')
      ? [
          { rule: 'ask-for-suspects', field: 'verdict', direction: 'LOOSENS', message: { ja: 'ルールの判定を justify から allow に変えます', en: 'The rule’s verdict changes from justify to allow' } },
          { rule: 'no-numbers-to-browser', field: 'severity', direction: 'TIGHTENS', message: { ja: 'ルールの重大度を high から critical に変えます', en: 'The rule’s severity changes from high to critical' } },
          { rule: null, field: 'name', direction: 'NEUTRAL', message: { ja: '名前を変えます', en: 'The name changes' } },
        ]
      : [];
    return json(response, 200, { against: 7, needsConsent: changes.some((change) => change.direction === 'LOOSENS'), changes });
  }
  if (act === 'POST /policies/simulate') {
    response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
    response.write(`${JSON.stringify({ done: 0, total: 900 })}\n`);
    response.end(`${JSON.stringify({ done: 900, total: 900, report: fixtures.simulation })}\n`);
    return undefined;
  }
  if (act === 'POST /policies' && body.yaml.includes('verdict: allow')) {
    const proposal = { ...structuredClone(fixtures.proposals[0]), id: 13, mine: true, proposedBy: '山田 花子', reason: body.reason, yaml: body.yaml, pilot: body.pilot };
    state.proposals.unshift(proposal);
    return json(response, 202, proposal);
  }
  if (act === 'POST /policies') {
    const revision = 8;
    state.policies.forEach((one) => {
      if (one.segment === 'MY_NUMBER') one.current = false;
    });
    const published = { ...structuredClone(state.policies[0]), revision, current: true, reason: body.reason, publishedAt: new Date().toISOString() };
    if (body.pilot !== undefined) published.stage = { state: 'PILOT', pilot: body.pilot, changedBy: '山田 花子', changedAt: published.publishedAt, reason: body.reason };
    state.policies.unshift(published);
    state.yaml[`MY_NUMBER/${revision}`] = body.yaml;
    return json(response, 201, published);
  }
  if (parts.length === 1) return list(state.policies);
  if (parts[1] === 'templates') return json(response, 200, [{ segment: 'INTERNET', yaml: fixtures.yaml.replace('my-number', 'internet') }]);
  const [, segment, revision, rollout] = parts;
  if (rollout === 'diff') return json(response, 200, { against: 6, needsConsent: false, changes: [{ rule: 'ask-for-suspects', direction: 'TIGHTENS', message: { ja: 'ルールを加えます', en: 'A rule is added' } }] });
  if (rollout === 'stage') {
    const staged = state.policies.find((one) => one.segment === segment && String(one.revision) === revision);
    Object.assign(staged.stage, { state: body.state, reason: body.reason });
    return json(response, 200, staged);
  }
  if (rollout === 'rollout') {
    return json(response, 200, {
      items: state.terminals
        .filter((one) => one.segment === segment && one.state === 'ACTIVE')
        .map((one) => ({ terminal: one.id, host: one.host, progress: one.progress, detail: one.progressDetail, at: one.lastContactAt })),
      next: null,
    });
  }
  const found = state.policies.find((one) => one.segment === segment && String(one.revision) === revision);
  return found === undefined
    ? problem(response, 404, 'there is no such revision')
    : json(response, 200, { ...found, yaml: state.yaml[`${segment}/${revision}`] });
}

function check(yaml) {
  const findings = [];
  yaml.split('\n').forEach((line, index) => {
    const column = line.indexOf('veredict');
    if (column >= 0) {
      findings.push({ severity: 'ERROR', code: 'unknown-key', path: 'rules[0].veredict', line: index + 1, column: column + 1, message: { ja: 'veredict というキーはありません。verdict のことですか', en: 'There is no key veredict. Did you mean verdict?' } });
    }
  });
  if (yaml.includes('ask-for-suspects')) {
    const line = yaml.split('\n').findIndex((one) => one.includes('ask-for-suspects')) + 1;
    const rule = [...yaml.matchAll(/^ {2}- id: (.*)$/gm)].findIndex((match) => match[1] === 'ask-for-suspects');
    findings.push({ severity: 'WARNING', code: 'broad-rule', rule: 'ask-for-suspects', path: `rules[${rule}].id`, line, column: 5, message: { ja: 'このルールはすべてのプログラムに当てはまります', en: 'This rule applies to every program' } });
  }
  return { segment: 'MY_NUMBER', findings };
}

function session(state) {
  return { operator: { id: '6f0b2c1a-0000-4000-8000-000000000001', name: '山田 花子' }, roles: [state.role], grants: [{ role: state.role }], csrf: CSRF, expiresAt: '2026-11-23T00:00:00Z' };
}

/** What a browser is asked for to make a passkey. */
export function creation() {
  return { challenge: CHALLENGE, domain: 'localhost', userId: 'AAAAAAAAAAAAAAAAAAAAAQ', userName: '山田 花子', algorithms: [-8, -7, -257], excluded: [], timeoutMillis: 300_000 };
}

async function page(path, response, webRoot) {
  const file = normalize(path).replace(/^(\.\.[/\\])+/, '');
  const known = extname(file) !== '';
  const content = await readFile(join(webRoot, known ? file : 'index.html')).catch(() => undefined);
  if (content === undefined) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    'Content-Type': TYPES[known ? extname(file) : '.html'] ?? 'application/octet-stream',
    // As the server says of what has its hash in its name.
    ...(path.startsWith('/assets/') && { 'Cache-Control': 'public, max-age=31536000, immutable' }),
  });
  response.end(content);
}

async function read(request, isText = false) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return isText ? text : text === '' ? {} : JSON.parse(text);
}

function json(response, status, document) {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(document === undefined ? '' : JSON.stringify(document));
}

function problem(response, status, detail, more = {}) {
  response.writeHead(status, { 'Content-Type': 'application/problem+json' });
  response.end(JSON.stringify({ type: 'about:blank', title: 'Problem', status, detail, code: 'stub', ...more }));
}
