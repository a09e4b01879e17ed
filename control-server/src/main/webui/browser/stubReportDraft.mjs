// Drafts of an incident's reports, over what is in memory.
const MARK = { ja: '【要記入】', en: '[TO BE FILLED IN]' };
const HEADINGS = {
  ja: ['概要', '特定個人情報の項目', '本人の数', '原因', '二次被害またはそのおそれの有無と内容', '本人への対応の実施状況', '公表の実施状況', '再発防止のための措置', 'その他参考となる事項'],
  en: ['What happened', 'Kinds of specific personal information', 'Number of people', 'Cause', 'Secondary damage, or whether it may come', 'What was done for the people concerned', 'Publication', 'Measures against a repetition', 'Other'],
};
const ITEMS = ['OVERVIEW', 'INFORMATION', 'PEOPLE', 'CAUSE', 'SECONDARY_DAMAGE', 'NOTIFICATION', 'PUBLICATION', 'PREVENTION', 'OTHER'];
const KNOWN = {
  ja: {
    OVERVIEW: '知った日時: 2026-11-25 09:12:00\n発生日時: 2026-11-25 08:55:10 から 2026-11-25 08:58:41 まで\n発生した所属: 教育委員会/学務課\n端末: kyoiku-01\n端末の系: マイナンバー利用事務系\n操作または事象: クリップボード経由の持ち出し操作\n記録された操作: 4 回。端末が止めたもの 3 回、止めていないもの 1 回\n発覚の経緯: 端末の持ち出し制御が記録した',
    INFORMATION: '個人番号: 延べ 12 件を検出',
    PREVENTION: '実施した措置:\n2026-11-25 09:20:02　端末からの持ち出しをすべて遮断（実施を確認）',
  },
  en: {
    OVERVIEW: 'Known since: 2026-11-25 09:12:00\nHappened: 2026-11-25 08:55:10 to 2026-11-25 08:58:41\nDivision: 教育委員会/学務課\nTerminal: kyoiku-01\nIts segment: My Number\nAct or occurrence: Taking information out by the clipboard\nRecorded acts: 4; stopped by the terminal 3, not stopped 1\nNoticed by: the terminal’s take-out control, which recorded it',
    INFORMATION: 'Individual numbers: 12 found in all',
    PREVENTION: 'What was done:\n2026-11-25 09:20:02 Everything was kept from leaving the terminal (seen to be done)',
  },
};

/** Answers a GET or a PUT of `/incidents/{id}/report-drafts/{stage}`. */
export function reportDraft({ incident, stage, language, body, act, state }) {
  const key = `${incident.id}/${stage}`;
  state.drafts[key] ??= { items: {}, version: 0 };
  const kept = state.drafts[key];
  if (act.startsWith('PUT')) {
    Object.assign(kept, { items: Object.fromEntries(body.items.map(({ item, text }) => [item, text])), version: kept.version + 1, by: '山田 花子', at: new Date().toISOString() });
  }
  const words = language === 'en' ? 'en' : 'ja';
  const items = ITEMS.map((item, index) => {
    const proposed = item === 'PEOPLE' ? (words === 'ja' ? '3 人' : '3 people') : [KNOWN[words][item], MARK[words]].filter(Boolean).join('\n');
    const text = kept.items[item] ?? proposed;
    return { item, heading: `${index + 1}. ${HEADINGS[words][index]}`, text, proposed, written: kept.items[item] !== undefined, complete: !text.includes(MARK[words]) };
  });
  return {
    incident: incident.id,
    stage,
    title: words === 'ja' ? '漏えい等報告の案' : 'Report of a leak: draft',
    note: words === 'ja' ? '記録から分かることを書き入れた案です。【要記入】のところを確かめて書いてください。速報では、その時点で分かっていることを報告します。個人番号、住民の氏名は書かないでください。' : 'A draft with what the record says. Check it, and write what is marked [TO BE FILLED IN]. Never write a personal number or a resident’s name.',
    dueAt: incident.clock?.[stage === 'FINAL' ? 'finalDue' : 'preliminaryDue'],
    items,
    missing: items.filter((one) => !one.complete).length,
    version: kept.version,
    by: kept.by,
    at: kept.at,
  };
}
