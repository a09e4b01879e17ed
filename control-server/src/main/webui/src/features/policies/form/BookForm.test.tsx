import { readFileSync } from 'node:fs';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useEffect, useState } from 'react';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../api/model';
import { renderAt } from '../../../test/render';
import { fakeServer } from '../../../test/fakeServer';
import { BookForm } from './BookForm';

const lgwan = readFileSync('../../../../proto/src/main/resources/org/sekisho/policy/templates/lgwan.yaml', 'utf8');
const HISTORY = { canUndo: false, canRedo: false, undo: () => undefined, redo: () => undefined };

let written = '';
let asked = 0;

function Held({ start, findings, goTo }: { start: string; findings: Finding[]; goTo?: { finding: Finding } }) {
  const [yaml, setYaml] = useState(start);
  useEffect(() => {
    written = yaml;
  }, [yaml]);
  return <BookForm yaml={yaml} findings={findings} goTo={goTo} history={HISTORY} onEdit={setYaml} onText={(line) => (asked = line)} />;
}

async function show(start: string, findings: Finding[] = [], goTo?: { finding: Finding }) {
  fakeServer({ 'GET /org-units': { json: { items: [{ path: '市長部局/税務課', terminals: 1 }], next: null } } });
  await renderAt('/', [{ path: '/', element: <Held start={start} findings={findings} goTo={goTo} /> }]);
  return userEvent.setup();
}

const lines = (text: string) => text.split('\n');
const added = (before: string, after: string) => lines(after).filter((line) => !lines(before).includes(line));

describe('the form of a rule book', () => {
  it('writes what is typed into the text, and nothing else', async () => {
    const user = await show(lgwan);
    await user.click(screen.getByRole('button', { name: /2\. 多要素認証に使う/ }));
    expect(screen.queryByLabelText('利用者')).toBeNull();
    await user.click(screen.getByRole('button', { name: /^だれに/ }));
    await user.type(screen.getByLabelText('利用者'), 'sato{Enter}ito*');
    await user.selectOptions(screen.getByLabelText('所属を選んで加える'), '市長部局/税務課');
    await user.selectOptions(screen.getByLabelText(/^判定/), 'block');
    expect(added(lgwan, written)).toEqual(['    who:', '      users: [sato, "ito*"]', '      org-units: [市長部局/税務課]']);
    expect(lines(written).length).toBe(lines(lgwan).length + 3);
    await user.clear(screen.getByLabelText('利用者'));
    await user.clear(screen.getByLabelText('所属'));
    await user.selectOptions(screen.getByLabelText(/^判定/), 'audit');
    expect(written).toBe(lgwan);
  });

  it('moves a rule by keyboard alone and keeps the focus on it', async () => {
    const user = await show(lgwan);
    screen.getByRole('button', { name: /^1\. / }).focus();
    await user.keyboard('{Alt>}{ArrowDown}{ArrowDown}{/Alt}');
    expect(document.activeElement?.textContent).toMatch(/^3\. キーボード/);
    expect(screen.getByRole('status').textContent).toMatch(/3 番目に移しました/);
    await user.click(screen.getByRole('button', { name: 'media-input-devices を上へ' }));
    await user.keyboard('{Enter}');
    expect(written).toBe(lgwan);
  });

  it('adds, copies, disables and deletes rules', async () => {
    const user = await show(lgwan);
    await user.click(screen.getByRole('button', { name: 'media-input-devices を写す' }));
    await user.click(screen.getByLabelText('無効にする'));
    expect(added(lgwan, written)).toEqual(['  - id: media-input-devices-2', '    disabled: true']);
    await user.click(screen.getByRole('button', { name: 'media-input-devices-2 を削除' }));
    expect(written).toBe(lgwan);
    await user.click(screen.getByRole('button', { name: '最後にルールを加える' }));
    await user.selectOptions(screen.getByLabelText(/^持ち出し経路/), 'screen');
    await user.click(screen.getByLabelText('録画'));
    expect(added(lgwan, written)).toEqual(['  - id: new-rule', '      acts: [record]']);
  });

  it('shows the checker’s findings at their field and leads there', async () => {
    const finding: Finding = {
      severity: 'ERROR',
      code: 'bad-hex',
      rule: 'media-input-devices',
      path: 'rules[0].media.classes[1]',
      line: 9,
      column: 1,
      message: { ja: 'これは種類ではありません', en: 'no' },
    };
    await show(lgwan, [finding], { finding });
    const group = screen.getByRole('group', { name: '機器の種類' });
    expect(within(group).getByText('これは種類ではありません')).toBeTruthy();
    expect(group.contains(document.activeElement)).toBe(true);
  });

  it('names who can read shadow copies, and asks for them where they fit', async () => {
    const user = await show(lgwan);
    await user.click(screen.getByRole('button', { name: '保管者を加える' }));
    await user.type(screen.getByLabelText(/^運用者の名前/), '佐藤');
    await user.type(screen.getByLabelText(/^公開鍵/), 'abc');
    await user.type(screen.getByLabelText('控えを残す大きさ（以下）'), '16MiB');
    await user.click(screen.getByRole('button', { name: /^1\. / }));
    await user.click(screen.getByLabelText('ファイルの控えを残す'));
    expect(added(lgwan, written)).toEqual([
      '    shadow-copy: true',
      'shadow-copies:',
      '  custodians:',
      '    - operator: 佐藤',
      '      key: abc',
      '  most-bytes: 16MiB',
    ]);
  });

  it('says why it can’t show a text, and leads to its line', async () => {
    const user = await show('name: a\nrules:\n  - id: [a\n');
    expect(screen.getByText(/フォームでは表示できません/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'YAML で直す' }));
    expect(asked).toBeGreaterThan(1);
    expect(written).toBe('name: a\nrules:\n  - id: [a\n');
  });
});
