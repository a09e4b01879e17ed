// Alarms and the overview, over fixtures in memory.
const hoursAgo = (hours) => new Date(Date.now() - hours * 3_600_000).toISOString();

export const alarms = [
  { id: 9, kind: 'CHANNEL', terminal: 't-7f3a02', host: 'zeimu-02', orgUnit: '市長部局/税務課', channel: 'CLIPBOARD', amount: 0, detail: 'XFixes: BadAccess (10)。ディスプレイの権限を確かめてください', since: hoursAgo(2), raisedAt: hoursAgo(2), version: 1 },
  { id: 8, kind: 'SILENT', terminal: 't-7f3a05', host: 'fukushi-01', orgUnit: '市長部局/福祉課', amount: 0, detail: '', since: hoursAgo(30), raisedAt: hoursAgo(20), acknowledgedAt: hoursAgo(4), acknowledgedBy: '佐々木 玲', note: '担当者が休暇中。出勤後に確かめる', version: 2 },
  { id: 7, kind: 'CLOCK', terminal: 't-7f3a03', host: 'shimin-01', orgUnit: '市長部局/市民課', amount: -7_215_000, detail: '', since: hoursAgo(6), raisedAt: hoursAgo(6), version: 1 },
  { id: 6, kind: 'RECORD_LOST', terminal: 't-7f3a05', host: 'fukushi-01', orgUnit: '市長部局/福祉課', amount: 1_204, detail: 'DISK_FULL', since: hoursAgo(50), raisedAt: hoursAgo(50), version: 1 },
  { id: 5, kind: 'JOURNAL_SHORT', terminal: 't-7f3a06', host: 'kyoiku-01', orgUnit: '教育委員会/学務課', amount: 0, detail: '', since: hoursAgo(80), raisedAt: hoursAgo(80), clearedAt: hoursAgo(70), version: 2 },
];

export const alarmSettings = { silentMinutes: 480, workingHoursOnly: true, workingDays: [1, 2, 3, 4, 5], workingFrom: '08:30:00', workingUntil: '17:15:00', zone: 'Asia/Tokyo', clockSeconds: 120, version: 0 };

/** `answer` has what the stub answers with. */
export function alarmDesk({ act, parts, query, body, state, answer }) {
  const { json, list, problem, stream } = answer;
  if (parts[0] === 'alarm-settings') {
    if (act.startsWith('PUT')) Object.assign(state.alarmSettings, body, { version: body.version + 1 });
    return json(200, state.alarmSettings);
  }
  if (parts[1] === 'stream') return stream();
  if (parts[1] === 'counts') return json(200, counts(state));
  if (parts.length === 1) {
    return list(
      state.alarms.filter(
        (one) =>
          (query.get('terminal') ?? one.terminal) === one.terminal &&
          (query.get('kind') ?? one.kind) === one.kind &&
          (query.get('state') === null || (query.get('state') === 'OPEN') === (one.clearedAt === undefined)),
      ),
    );
  }
  const found = state.alarms.find((one) => String(one.id) === parts[1]);
  if (found === undefined) return problem(404, 'there is no such alarm');
  if (parts[2] === 'acknowledgement') {
    if (body.version !== found.version) return problem(409, 'the alarm has changed');
    Object.assign(found, { acknowledgedAt: new Date().toISOString(), acknowledgedBy: '山田 花子', note: body.note, version: found.version + 1 });
  }
  return json(200, found);
}

export function counts(state) {
  const open = state.scenario === 'empty' ? [] : state.alarms.filter((one) => one.clearedAt === undefined);
  const of = (kind) => open.filter((one) => one.kind === kind).length;
  return { open: open.length, unseen: open.filter((one) => one.acknowledgedAt === undefined).length, silent: of('SILENT'), clock: of('CLOCK'), journalShort: of('JOURNAL_SHORT'), recordLost: of('RECORD_LOST'), channel: of('CHANNEL') };
}

export const reports = [
  { id: 4, kind: 'SELF_INSPECTION', from: '2026-04-01', until: '2026-11-22', madeBy: '山田 花子', madeAt: hoursAgo(0.01), state: 'RUNNING', done: 7, total: 18 },
  {
    id: 3, kind: 'ENFORCEMENT', from: '2026-11-20', until: '2026-11-20', orgUnit: '市長部局', madeBy: '佐々木 玲', madeAt: hoursAgo(26), state: 'DONE', done: 2, total: 2, finishedAt: hoursAgo(26),
    parts: [
      { heading: '部署別', columns: ['部署', '端末数', '適用', '未適用'], numbers: [false, true, true, true], rows: [['市長部局/税務課', '2', '1', '1'], ['市長部局/市民課', '2', '2', '0'], ['市長部局/福祉課', '1', '0', '1']] },
      { heading: '端末別', note: '空欄は、その時点の経路の状態が報告されていないことを示します。', columns: ['ホスト', '部署', '適用中', '割当', '結果', '外部媒体', 'クリップボード'], numbers: [false, false, true, true, false, false, false], rows: [['zeimu-01', '市長部局/税務課', '7', '7', '適用', '非対応', '適用中'], ['zeimu-02', '市長部局/税務課', '6', '7', '未適用', '非対応', '失敗']] },
    ],
  },
  { id: 2, kind: 'EXFILTRATION', from: '2026-10-01', until: '2026-10-31', madeBy: '山田 花子', madeAt: hoursAgo(500), state: 'CANCELLED', done: 3, total: 64 },
];

export function reportDesk({ act, parts, body, state, answer }) {
  const { json, list, problem } = answer;
  if (act === 'POST /reports') {
    const made = { id: 5, madeBy: '山田 花子', madeAt: new Date().toISOString(), state: 'WAITING', done: 0, total: 0, ...body };
    state.reports.unshift(made);
    return json(201, made);
  }
  if (parts.length === 1) return list(state.reports);
  const found = state.reports.find((one) => String(one.id) === parts[1]);
  if (found === undefined) return problem(404, 'there is no such report');
  if (parts[2] === 'cancellation') found.state = 'CANCELLED';
  return json(200, found);
}

/** Office days are busy, weekends are not; the same each time. */
const line = (name, days, size) => {
  const attempts = Array.from({ length: days }, (_, day) => (day % 7 > 4 ? Math.floor(size / 12) : size + ((day * 37 + size * 11) % Math.max(1, Math.floor(size / 2)))));
  return { name, attempts, stopped: attempts.map((figure, day) => Math.floor((figure * (1 + (day % 4))) / 14)) };
};

export function overview({ query, state, summary, incidents }) {
  const days = Number(query.get('days') ?? 30);
  const isEmpty = state.scenario === 'empty';
  const midnight = new Date();
  midnight.setHours(0, 0, 0, 0);
  const open = isEmpty ? [] : state.incidents.filter((one) => one.state !== 'CLOSED');
  return {
    attempts: {
      from: new Date(midnight.getTime() - (days - 1) * 86_400_000).toISOString(),
      seconds: 86_400,
      stretches: days,
      channels: isEmpty ? [] : [line('CLIPBOARD', days, 180), line('MEDIA', days, 24), line('NETWORK', days, 60), line('PRINT', days, 42), line('PROGRAM', days, 8)],
      divisions: isEmpty ? [] : [line('市長部局/税務課', days, 90), line('市長部局/市民課', days, 110), line('市長部局/福祉課', days, 55), line('教育委員会/学務課', days, 30), line('水道局', days, 12), line('', days, 3)],
      otherDivisions: isEmpty ? 0 : 4,
    },
    terminals: summary,
    alarms: counts(state),
    incidents,
    ...(open.length > 0 && { oldestIncident: open.at(-1) }),
    permits: isEmpty ? { inForce: 0, endingSoon: 0 } : { inForce: 7, endingSoon: 2 },
    policies: isEmpty ? [] : state.policies.filter((one) => one.current),
  };
}
