// What the stub server answers: a city with a handful of terminals, one of each standing. All names are invented.
const NOW = Date.parse('2026-11-22T02:15:00Z');
export const at = (secondsAgo) => new Date(NOW - secondsAgo * 1000).toISOString();

const channels = (clipboard = 'ENFORCED', detail = 'XFixes の監視を読み戻して確認') => [
  { channel: 'MEDIA', mode: 'UNSUPPORTED', detail: 'この版では扱いません' },
  { channel: 'CLIPBOARD', mode: clipboard, detail },
  { channel: 'PRINT', mode: 'UNSUPPORTED', detail: 'この版では扱いません' },
  { channel: 'NETWORK', mode: 'UNSUPPORTED', detail: 'この版では扱いません' },
  { channel: 'PROGRAM', mode: 'UNSUPPORTED', detail: 'この版では扱いません' },
  { channel: 'SCREEN', mode: 'UNSUPPORTED', detail: 'この版では扱いません' },
];

const terminal = (id, host, orgUnit, user, more = {}) => ({
  id,
  host,
  segment: 'MY_NUMBER',
  orgUnit,
  user,
  state: 'ACTIVE',
  connected: true,
  lastContactAt: new Date().toISOString(),
  runningRevision: 7,
  intendedRevision: 7,
  progress: 'ENFORCED',
  progressDetail: null,
  channels: channels(),
  agentVersion: '0.1.0',
  os: 'Debian GNU/Linux 12',
  inventory: null,
  backlog: 0,
  durableSeq: 4182,
  chain: 'WHOLE',
  certificateExpiresAt: '2026-12-22T00:00:00Z',
  certificateSerial: '4a1f0c77be21',
  approvedAt: '2026-11-01T00:30:00Z',
  isolated: false,
  alarms: ['t-7f3a02', 't-7f3a03'].includes(id) ? 1 : id === 't-7f3a05' ? 2 : 0,
  groups: [],
  enrolledAt: '2026-11-01T00:30:00Z',
  revokedAt: null,
  revokeReason: null,
  ...more,
});

export const terminals = [
  terminal('t-7f3a01', 'zeimu-01', '市長部局/税務課', 'yamada'),
  terminal('t-7f3a02', 'zeimu-02', '市長部局/税務課', 'sato', {
    runningRevision: 6,
    progress: 'REFUSED',
    progressDetail: 'CHANNEL_FAILED: クリップボードの監視を切り替えられませんでした（XFixes: BadAccess）',
    channels: channels('FAILED', 'XFixes: BadAccess (10)。ディスプレイの権限を確かめてください'),
  }),
  terminal('t-7f3a03', 'shimin-01', '市長部局/市民課', 'suzuki', {
    runningRevision: 6,
    progress: 'VERIFIED',
    backlog: 12,
  }),
  terminal('t-7f3a04', 'shimin-02', '市長部局/市民課', null, { channels: channels('INACTIVE', '画面のセッションがありません') }),
  terminal('t-7f3a05', 'fukushi-01', '市長部局/福祉課', 'tanaka', {
    connected: false,
    lastContactAt: new Date(Date.now() - 5_400_000).toISOString(),
    runningRevision: 6,
    progress: 'NONE',
    chain: 'BROKEN',
  }),
  terminal('t-7f3a06', 'kyoiku-01', '教育委員会/学務課', 'ito', {
    segment: 'LGWAN',
    runningRevision: 2,
    intendedRevision: 2,
    channels: channels('AUDIT_ONLY', '記録だけを行うポリシーです'),
  }),
  terminal('t-7f3a07', 'suido-01', '水道局', null, { state: 'WAITING', runningRevision: 0, progress: 'NONE', approvedAt: null }),
  terminal('t-7f39ff', 'zeimu-99', '市長部局/税務課', null, {
    state: 'REVOKED',
    connected: false,
    lastContactAt: at(400_000),
    progress: 'NONE',
    revokedAt: at(300_000),
    revokeReason: '廃棄',
  }),
];

export const commands = [
  { number: 2, kind: 'LOCK_SESSIONS', text: '', reason: '離席中の不審な操作', orderedBy: '山田 花子', orderedAt: at(600), expiresAt: at(-80_000), state: 'DONE', detail: 'locked: 2', deliveredAt: at(599), doneAt: at(598) },
  { number: 1, kind: 'SHOW_MESSAGE', text: '席に戻ったら情報システム課に連絡してください', reason: '確認のため', orderedBy: '佐々木 玲', orderedAt: at(900), expiresAt: at(-80_000), state: 'UNSUPPORTED', detail: '', deliveredAt: at(899), doneAt: at(898) },
];

export const groups = [
  { id: '6f0b2c1a-0000-4000-8000-0000000000a1', name: '先行端末', note: '新しいポリシーを先に受け取る', orgUnit: '市長部局', segment: null, hostPattern: '*-01', versionPattern: null, osPattern: null, members: ['t-7f3a06'], terminals: 3, version: 2 },
];

export const units = [
  { path: '市長部局', terminals: 5 },
  { path: '市長部局/市民課', terminals: 2 },
  { path: '市長部局/税務課', terminals: 2 },
  { path: '教育委員会', terminals: 1 },
  { path: '監査委員', terminals: 0 },
];

export const event = (seq, more = {}) => ({
  terminal: 't-7f3a01',
  boot: '0f3c9a55d2b84c1e9f7744aa10c2e6b1',
  seq,
  occurredAt: at(4200 - seq),
  receivedAt: at(4199 - seq),
  kind: 'ATTEMPT',
  channel: 'CLIPBOARD',
  verdict: 'BLOCK',
  enforced: true,
  enforcement: 'ENFORCED',
  severity: 'HIGH',
  user: 'yamada',
  process: '/usr/bin/libreoffice',
  rule: 'no-numbers-to-browser',
  revision: 7,
  labels: [{ label: 'my_number', count: 3, grade: 'high' }],
  masked: 'libreoffice から firefox への貼り付け（個人番号 3 件）',
  source: '/usr/bin/libreoffice',
  destination: '/usr/bin/firefox',
  count: 1,
  incident: 41,
  branch: 0,
  chain: 'WHOLE',
  detail: { attempt: { channel: 'CLIPBOARD', bytes: 482, clipboard: { selection: 'CLIPBOARD_SELECTION', formats: ['TEXT'] } } },
  ...more,
});

export const events = [
  event(4182),
  event(4180, {
    verdict: 'JUSTIFY',
    severity: 'MEDIUM',
    user: 'sato',
    terminal: 't-7f3a02',
    labels: [{ label: 'my_number', count: 1, grade: 'low' }],
    masked: 'gnome-text-editor から thunderbird への貼り付け（個人番号の可能性 1 件）',
    incident: null,
  }),
  event(4171, { verdict: 'AUDIT', severity: 'LOW', labels: [], masked: 'firefox から libreoffice への貼り付け', incident: null, count: 6 }),
  event(4170, {
    verdict: 'BLOCK',
    enforced: false,
    enforcement: 'AUDIT_ONLY',
    severity: 'HIGH',
    user: 'ito',
    terminal: 't-7f3a06',
    labels: [
      { label: 'my_number', count: 12, grade: 'high' },
      { label: 'drivers_license', count: 2, grade: 'low' },
    ],
    masked: 'calc から slack への貼り付け（個人番号 12 件、運転免許証番号の可能性 2 件）',
    incident: 40,
  }),
  event(4169, { kind: 'POLICY_APPLIED', channel: null, verdict: null, severity: null, enforcement: null, labels: [], rule: null, user: null, process: null, source: null, destination: null, incident: null, masked: 'リビジョン 7 を適用（前は 6）' }),
  event(4168, { kind: 'TAMPERED', channel: null, verdict: null, severity: 'CRITICAL', enforcement: null, labels: [], rule: null, user: null, terminal: 't-7f3a05', process: null, source: null, destination: null, incident: 39, masked: 'ポリシーの保存ファイルが外から変えられました' }),
  event(4150, {
    channel: 'MEDIA',
    rule: 'no-sticks',
    labels: [],
    incident: null,
    masked: 'DataTraveler（0951:1666）の接続',
    source: null,
    destination: 'DataTraveler',
    process: null,
    detail: { attempt: { attempt: { channel: 'MEDIA', media: { mediaClass: 'USB_STORAGE', vendorId: '0951', productId: '1666', serial: '60A44C3FAE22' } } } },
  }),
  event(4160, { verdict: 'ALLOW', severity: 'LOW', labels: [], masked: 'libreoffice から libreoffice への貼り付け', incident: null }),
];

export const incidents = [
  {
    id: 41,
    kind: 'ATTEMPT',
    title: { ja: '個人番号の貼り付けを遮断しました', en: 'A paste with My Numbers was blocked' },
    severity: 'HIGH',
    state: 'NEW',
    terminal: 't-7f3a01',
    host: 'zeimu-01',
    user: 'yamada',
    rule: 'no-numbers-to-browser',
    channel: 'CLIPBOARD',
    count: 4,
    firstAt: at(3600),
    lastAt: at(18),
    openedAt: at(3600),
    dueAt: at(-86400),
    overdue: false,
    tags: [],
    links: [],
    owner: null,
    notes: [],
    version: 1,
  },
  {
    id: 40,
    kind: 'ATTEMPT',
    title: { ja: '個人番号の貼り付け（記録のみ、止めていません）', en: 'A paste with My Numbers (audit only, not stopped)' },
    severity: 'HIGH',
    state: 'IN_PROGRESS',
    terminal: 't-7f3a06',
    host: 'kyoiku-01',
    user: 'ito',
    rule: 'no-numbers-out',
    channel: 'CLIPBOARD',
    count: 1,
    firstAt: at(5200),
    lastAt: at(5200),
    openedAt: at(5200),
    dueAt: at(60),
    overdue: true,
    tags: ['年末', '教育委員会'],
    links: [{ id: 39, title: { ja: '端末の守りが外から変えられました', en: 'A terminal’s own protection was changed from outside' }, severity: 'CRITICAL', state: 'NEW' }],
    owner: '佐々木 玲',
    notes: [{ at: at(4000), by: '佐々木 玲', text: '本人に確認中。\n業務上の転記とのこと。' }],
    clock: { knownAt: at(4500), wrongful: false, people: 3, preliminaryWanted: at(4500 - 3 * 86400), preliminaryDue: at(4500 - 5 * 86400), finalDue: at(4500 - 30 * 86400), overdue: false },
    version: 3,
  },
  {
    id: 39,
    kind: 'TAMPER',
    title: { ja: '端末の守りが外から変えられました', en: 'A terminal’s own protection was changed from outside' },
    severity: 'CRITICAL',
    state: 'NEW',
    terminal: 't-7f3a05',
    host: 'fukushi-01',
    user: null,
    rule: null,
    channel: null,
    count: 1,
    firstAt: at(9000),
    lastAt: at(9000),
    openedAt: at(3600),
    dueAt: at(-86400),
    overdue: false,
    tags: [],
    links: [],
    owner: null,
    notes: [],
    version: 1,
  },
  {
    id: 32,
    kind: 'CHAIN_GAP',
    title: { ja: '記録の連鎖に欠けがあります', en: 'Records are missing from the chain' },
    severity: 'MEDIUM',
    state: 'CLOSED',
    terminal: 't-7f3a03',
    host: 'shimin-01',
    user: null,
    rule: null,
    channel: null,
    count: 1,
    firstAt: at(90_000),
    lastAt: at(90_000),
    openedAt: at(5200),
    dueAt: at(60),
    overdue: true,
    tags: ['年末', '教育委員会'],
    links: [{ id: 39, title: { ja: '端末の守りが外から変えられました', en: 'A terminal’s own protection was changed from outside' }, severity: 'CRITICAL', state: 'NEW' }],
    owner: '佐々木 玲',
    notes: [{ at: at(80_000), by: '佐々木 玲', text: '停電による。損失の記録と一致した。' }],
    version: 5,
  },
];

export const yaml = `# 個人番号利用事務系の標準ポリシー
segment: my-number
name: 標準
defaults:
  - channel: media
    verdict: block
    severity: high
  - channel: clipboard
    verdict: audit
rules:
  - id: no-numbers-to-browser
    description: 個人番号をブラウザーに貼り付けさせない
    channel: clipboard
    content:
      - label: my_number
        min-count: 1
        min-grade: high-confidence
    clipboard:
      destination:
        paths: ["/usr/bin/firefox", "/usr/bin/chromium"]
    verdict: block
    severity: high
    notice:
      ja: 個人番号は、ブラウザーに貼り付けられません。
      en: My Numbers can't be pasted into a browser.
  - id: ask-for-suspects
    channel: clipboard
    content:
      - label: my_number
    verdict: justify
    severity: medium
`;

const revision = (segment, number, current, reason, rollout, secondsAgo) => ({
  segment,
  revision: number,
  name: '標準',
  publishedBy: '山田 花子',
  publishedAt: at(secondsAgo),
  reason,
  expiresAt: '2027-11-22T00:00:00Z',
  current,
  rollout,
});

export const policies = [
  revision('MY_NUMBER', 7, true, 'ブラウザーへの貼り付けを止める', { intended: 5, received: 0, verified: 1, enforced: 2, refused: 1 }, 4000),
  revision('MY_NUMBER', 6, false, '初回の公開', { intended: 5, received: 0, verified: 0, enforced: 2, refused: 0 }, 600_000),
  revision('LGWAN', 2, true, '記録から始める', { intended: 1, received: 0, verified: 0, enforced: 1, refused: 0 }, 500_000),
];

export const tokens = [
  {
    id: '0b6f6a52-6a53-4b83-9c0a-6a9d8f6b8c11',
    segment: 'MY_NUMBER',
    orgUnit: '市長部局/税務課',
    expiresAt: at(-80_000),
    needsApproval: true,
    uses: 10,
    withdrawn: false,
    usesLeft: 3,
    createdBy: '山田 花子',
    createdAt: at(6_400),
  },
  {
    id: '3a1d8f0e-2f55-4b0e-8f0f-0c7e5f1f8a22',
    segment: 'LGWAN',
    orgUnit: null,
    expiresAt: at(-20_000),
    needsApproval: false,
    uses: 10,
    withdrawn: false,
    usesLeft: 1,
    createdBy: '山田 花子',
    createdAt: at(66_400),
  },
];

export const subscriptions = [
  { id: 'c1b20000-0000-4000-8000-000000000001', name: 'CSIRT', transport: 'MAIL', address: 'csirt@city.example', ownAuthority: false, topics: ['INCIDENT_OPENED', 'INCIDENT_OVERDUE', 'ALARM'], leastSeverity: 'HIGH', branch: null, language: 'ja', enabled: true, delivered: 132, failures: 0, version: 1 },
  { id: 'c1b20000-0000-4000-8000-000000000002', name: '税務課の窓口', transport: 'WEBHOOK', address: 'https://chat.city.example/hook', ownAuthority: true, topics: ['INCIDENT_OPENED'], leastSeverity: 'MEDIUM', branch: '市長部局/税務課', language: 'ja', enabled: true, delivered: 4, failures: 3, failedAt: new Date().toISOString(), failure: 'ConnectException: Connection refused', version: 2 },
];
export const mailServer = { host: 'mail.city.example', port: 587, security: 'STARTTLS', user: 'sekisho', hasPassword: true, sender: 'sekisho@city.example', anchor: null, version: 2 };

const incidentRule = (id, name, more = {}) => ({ id, name, enabled: true, kinds: [], channels: [], verdicts: [], leastSeverity: 'LOW', threshold: 1, windowMinutes: 60, joinMinutes: 60, respondHours: 72, ...more });
export const incidentRules = {
  version: 3,
  rules: [
    incidentRule('severe', '重大度「高」以上の持ち出し操作', { kinds: ['ATTEMPT'], leastSeverity: 'HIGH', respondHours: 24 }),
    incidentRule('blocked', '遮断された持ち出し操作', { kinds: ['ATTEMPT'], verdicts: ['BLOCK'], channels: ['MEDIA', 'CLIPBOARD'], threshold: 3 }),
    incidentRule('record', '端末の記録の異常', { kinds: ['CHAIN_GAP', 'CHAIN_FORK', 'TAMPER', 'LOSS'], respondHours: 24 }),
    incidentRule('terminals', '端末のその他の異常'),
  ],
  always: ['CHAIN_GAP', 'CHAIN_FORK', 'TAMPER', 'LOSS'],
  by: '佐々木 玲',
  at: '2026-11-10T01:00:00Z',
  reason: '窓口の誤操作が多いため、3件からにする',
};

const stick = { vendorId: '0951', productId: '1666', serial: '60A44C3FAE22' };
export const media = [
  { id: 'a1b20000-0000-4000-8000-000000000001', segment: 'MY_NUMBER', name: '税務課 USB-01', device: stick, mediaClass: 'USB_STORAGE', owner: '市長部局/税務課', note: '金庫の上段', expiresAt: '2027-03-31T15:00:00Z', state: 'IN_USE', stateReason: null, stateAt: '2026-04-01T00:00:00Z', registeredBy: '山田 花子', registeredAt: '2026-04-01T00:00:00Z', seen: { at: at(900), terminal: 't-7f3a01', host: 'zeimu-01', user: 'yamada' }, warnings: [], version: 3 },
  { id: 'a1b20000-0000-4000-8000-000000000002', segment: 'MY_NUMBER', name: '市民課 USB-02', device: { ...stick, serial: '' , hash: '5f'.repeat(32) }, mediaClass: null, owner: '市長部局/市民課', note: null, expiresAt: null, state: 'LOST', stateReason: '11月20日から見当たらない', stateAt: at(86400), registeredBy: '山田 花子', registeredAt: '2026-05-01T00:00:00Z', seen: null, warnings: ['NO_SERIAL', 'SAME_IDENTITY'], version: 2 },
  { id: 'a1b20000-0000-4000-8000-000000000003', segment: 'LGWAN', name: '共用 SD-1', device: { ...stick, serial: 'SD0001' }, mediaClass: 'SD_CARD', owner: null, note: null, expiresAt: at(3600), state: 'EXPIRED', stateReason: null, stateAt: '2026-04-01T00:00:00Z', registeredBy: '佐々木 玲', registeredAt: '2026-04-01T00:00:00Z', seen: { at: at(400000) }, warnings: [], version: 1 },
];

const permit = (id, state, more = {}) => ({
  id: `b1b20000-0000-4000-8000-00000000000${id}`,
  terminal: 't-7f3a01',
  host: 'zeimu-01',
  orgUnit: '市長部局/税務課',
  user: 'yamada',
  channel: 'MEDIA',
  direction: 'OUTWARD',
  rules: ['no-sticks'],
  files: [],
  fileNames: [],
  device: stick,
  medium: media[0].id,
  mediumName: media[0].name,
  from: at(7200),
  until: at(-14400),
  uses: 3,
  used: 1,
  usedAt: at(1200),
  reason: '県税事務所へ課税資料を届けるため',
  grantedBy: '佐々木 玲',
  grantedAt: at(7200),
  state,
  delivery: 'IN_FORCE',
  event: { terminal: 't-7f3a01', seq: 4150 },
  ...more,
});
export const permits = [
  permit(1, 'ACTIVE', { files: ['3b'.repeat(32), 'c4'.repeat(32)], fileNames: ['課税資料*.csv'] }),
  permit(2, 'ACTIVE', { user: 'suzuki', terminal: 't-7f3a03', host: 'shimin-01', delivery: 'REFUSED', deliveryDetail: 'ROLLED_BACK: the revision is older than the one held', direction: 'INWARD', used: 0, usedAt: null }),
  permit(3, 'UPCOMING', { channel: 'CLIPBOARD', device: null, medium: null, mediumName: null, delivery: 'PENDING', uses: 0, used: 0, usedAt: null, from: at(-3600), event: null, rules: [] }),
  permit(4, 'REVOKED', { delivery: 'WITHDRAWN', revokedBy: '山田 花子', revokedAt: at(3000), revokeReason: '媒体を紛失したため' }),
  permit(5, 'ENDED', { delivery: 'PENDING', used: 3 }),
];

/** What was done under the first permit. */
const carriedFile = (seq, act, name, verdict, labels = []) =>
  event(seq, {
    channel: 'MEDIA',
    verdict,
    severity: 'LOW',
    labels,
    rule: 'no-sticks',
    incident: null,
    masked: `USB-01 の ${name}`,
    destination: 'DataTraveler',
    detail: { attempt: { attempt: { channel: 'MEDIA', bytes: '48213', media: { name: 'DataTraveler', file: { act, name, sha256: '3b'.repeat(32) } } } } },
  });
export const carried = [
  carriedFile(4178, 'FILE_WRITTEN', '住民/名簿 ••••.xlsx', 'BLOCK', [{ label: 'my_number', count: 41, grade: 'high' }]),
  carriedFile(4177, 'FILE_CREATED', '課税資料01.csv', 'AUDIT'),
  event(4176, { kind: 'PERMIT_USED', channel: null, verdict: null, severity: null, enforcement: null, labels: [], rule: null, incident: null, masked: 'permit b1b20000 1/3' }),
];

/** The first: one asks, and the signed-in operator can approve; the second: they can read. */
const shadowCopy = (number, more = {}) => ({
  id: String(number).padStart(32, 'c'),
  terminal: 't-7f3a01',
  seq: 4178,
  state: 'KEPT',
  orderedAt: at(5_000),
  keptAt: at(4_900),
  expiresAt: at(-7_776_000),
  bytes: 48_213,
  sha256: '3b'.repeat(32),
  custodians: ['山田 花子', '佐々木 玲', '田中 実'],
  openings: [],
  ...more,
});
const shadowOpening = (number, reader, state, more = {}) => ({
  id: `c1b20000-0000-4000-8000-00000000000${number}`,
  reader,
  reason: '持ち出された名簿の中身を確かめるため',
  state,
  askedAt: at(3_000),
  lapsesAt: at(-83_400),
  ...more,
});
export const shadowCopies = [
  shadowCopy(1, { openings: [shadowOpening(1, '佐々木 玲', 'ASKED')] }),
  shadowCopy(2, { openings: [shadowOpening(2, '山田 花子', 'APPROVED', { approver: '田中 実', decidedAt: at(2_000) })] }),
  shadowCopy(3, { state: 'AWAITED', keptAt: null, expiresAt: null, bytes: null, sha256: null }),
  shadowCopy(4, { terminal: 't-7f3a03', state: 'FAILED', keptAt: null, expiresAt: null, failure: 'there is no room for it', custodians: ['佐々木 玲', '田中 実'] }),
  shadowCopy(5, { state: 'EXPIRED', openings: [shadowOpening(3, '田中 実', 'REFUSED', { approver: '佐々木 玲', decidedAt: at(2_000), refusal: '根拠がない' })] }),
];

export const SELF = '6f0b2c1a-0000-4000-8000-000000000001';

export const operators = [
  { id: SELF, name: '山田 花子', kind: 'PERSON', roles: [{ role: 'administrator' }], createdAt: at(600_000), disabled: false },
  { id: '6f0b2c1a-0000-4000-8000-000000000002', name: '佐々木 玲', kind: 'PERSON', roles: [{ role: 'responder', branch: '市長部局/税務課' }, { role: 'auditor' }], createdAt: at(500_000), disabled: false },
  { id: '6f0b2c1a-0000-4000-8000-000000000003', name: '鈴木 一', kind: 'PERSON', roles: [{ role: 'auditor' }], createdAt: at(400_000), disabled: true },
  { id: '6f0b2c1a-0000-4000-8000-000000000004', name: 'installation', kind: 'SERVICE', roles: [{ role: 'administrator' }], createdAt: at(600_100), disabled: false },
];

export const passkeys = [
  { id: '7a0b2c1a-0000-4000-8000-000000000001', name: '机のパソコン', synced: false, createdAt: at(600_000), lastUsedAt: at(600) },
  { id: '7a0b2c1a-0000-4000-8000-000000000002', name: '青いセキュリティキー', synced: false, createdAt: at(500_000), lastUsedAt: null },
];

export const operatorTokens = [
  { id: '8a0b2c1a-0000-4000-8000-000000000001', label: 'jimu-07', roles: [{ role: 'responder', branch: '市長部局/税務課' }], createdAt: at(4000), expiresAt: '2099-01-01T00:00:00Z', revoked: false },
];

export const invitations = [
  { id: '9a0b2c1a-0000-4000-8000-000000000001', name: '高橋 葵', email: 'takahashi@city.example', roles: [{ role: 'responder', branch: '市長部局/税務課' }], createdBy: '山田 花子', createdAt: at(4000), expiresAt: at(-200_000), state: 'OPEN' },
  { id: '9a0b2c1a-0000-4000-8000-000000000002', name: '佐々木 玲', operator: '6f0b2c1a-0000-4000-8000-000000000002', createdBy: '山田 花子', createdAt: at(90_000), expiresAt: at(-100_000), state: 'USED' },
];

export const device = { code: 'BCDF-GHJK', client: 'jimu-07', address: '192.0.2.17', createdAt: at(20), expiresAt: at(-580) };

/** What a draft would have done with the last 30 days. */
export const simulation = {
  segment: 'MY_NUMBER',
  against: 7,
  from: '2026-10-27T00:00:00Z',
  to: '2026-11-26T00:00:00Z',
  attempts: 900,
  acts: 1_200,
  auditOnly: false,
  newlyStopped: 14,
  newlyAllowed: 2,
  truncated: false,
  groups: [
    { direction: 'TIGHTENS', orgUnit: '市長部局/税務課', channel: 'CLIPBOARD', before: 'AUDIT', after: 'BLOCK', ruleBefore: 'ask-for-suspects', ruleAfter: 'no-numbers-to-browser', acts: 14, people: 3, terminals: 2, examples: [{ terminal: 't-7f3a01', seq: 4182 }] },
    { direction: 'LOOSENS', orgUnit: '市長部局/市民課', channel: 'CLIPBOARD', before: 'BLOCK', after: 'ALLOW', ruleBefore: 'no-numbers-to-browser', ruleAfter: null, acts: 2, people: 1, terminals: 1, examples: [{ terminal: 't-7f3a01', seq: 4182 }] },
  ],
  otherActs: 0,
  rules: [
    { rule: 'no-numbers-to-browser', acts: 14, disabled: false },
    { rule: 'ask-for-suspects', acts: 0, disabled: false },
  ],
};
/** What happened around an incident, as the server puts it together. */
export const timelineOf = (incident) => ({
  from: at(6000),
  to: at(0),
  truncated: false,
  items: [
    { at: at(5400), relation: 'TERMINAL', terminal: incident.terminal, seq: 1, kind: 'AGENT_STARTED', labels: [], what: 'agent 0.1.0, policy 7' },
    { at: at(5300), relation: 'PERSON', terminal: 't-7f3a01', seq: 90, kind: 'ATTEMPT', channel: 'PRINT', verdict: 'ALLOW', enforcement: 'ENFORCED', labels: [{ label: 'my_number', count: 1, grade: 'low' }] },
    { at: at(5200), relation: 'INCIDENT', terminal: incident.terminal, seq: 91, kind: 'ATTEMPT', channel: 'CLIPBOARD', verdict: 'BLOCK', enforcement: 'ENFORCED', severity: 'HIGH', reason: 'RULE_MATCHED', rule: 'no-numbers-out', revision: 7, labels: [{ label: 'my_number', count: 12, grade: 'high' }], what: 'calc → slack · my_number × 12' },
    { at: at(4000), relation: 'DESK', kind: 'incident.update', labels: [], by: '佐々木 玲' },
  ],
});

/** What loosens, and waits. */
export const proposals = [
  {
    id: 12,
    segment: 'MY_NUMBER',
    name: '標準',
    reason: '年末調整のあいだ、ブラウザーへの貼り付けを認める',
    against: 7,
    state: 'OPEN',
    proposedBy: '佐々木 玲',
    proposedAt: '2026-11-25T01:00:00Z',
    expiresAt: '2026-12-09T01:00:00Z',
    mine: false,
    pilot: { units: ['市長部局/税務課'], terminals: [], groups: [] },
    changes: [{ rule: 'no-numbers-to-browser', field: 'verdict', direction: 'LOOSENS', message: { ja: 'ルールの判定を block から justify に変えます', en: 'The rule’s verdict changes from block to justify' } }],
    yaml,
  },
];

/** How the rules stood to an event. */
export const explanation = {
  revision: 7,
  same: true,
  verdict: 'BLOCK',
  rule: 'no-numbers-to-browser',
  lifting: 'NONE_IN_FORCE',
  alone: 'BLOCK',
  rules: [
    { rule: 'no-numbers-to-browser', description: '個人番号をブラウザーに貼り付けさせない', verdict: 'BLOCK', standing: 'DECIDED' },
    { rule: 'ask-for-suspects', verdict: 'JUSTIFY', standing: 'TOO_LATE' },
  ],
};
