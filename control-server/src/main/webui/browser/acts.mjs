// What people do on the console, played through.
import { addAuthenticator } from './browser.mjs';
import { INVITATION_TOKEN, OPERATOR_TOKEN, SETUP_TOKEN } from './stub.mjs';

const sent = (stub, act) => stub.state.requests.filter((one) => one.act === act).map((one) => one.body);
const text = (page, exact) => page.getByText(exact, { exact: true });

export const acts = [
  {
    name: 'the set-up link makes the first administrator by a passkey',
    isPublic: true,
    async play({ page, stub, assert }) {
      const authenticator = await addAuthenticator(page);
      await page.goto(`${stub.url}/setup?token=${SETUP_TOKEN}`);
      await page.locator('#name').fill('情報システム課 山田花子');
      await page.locator('#passkey-name').fill('机のパソコン');
      await page.getByRole('button', { name: 'パスキーを作り、管理者として登録' }).click();
      await page.getByRole('heading', { level: 1, name: '概況' }).waitFor();
      const [made] = await authenticator.passkeys();
      assert.equal(made.isResidentCredential, true);
      assert.equal(made.rpId, 'localhost');
      const [setup] = sent(stub, 'POST /setup');
      assert.equal(setup.name, '情報システム課 山田花子');
      assert.equal(setup.passkey.name, '机のパソコン');
      assert.equal(JSON.parse(Buffer.from(setup.passkey.answer.clientData, 'base64url')).origin, stub.url);
      await page.goto(`${stub.url}/setup?token=${SETUP_TOKEN}`);
      await page.getByText('この設定用リンクは使えません').waitFor();
    },
  },
  {
    name: 'a deep link leads there after a passkey, a refused one is said in words',
    isPublic: true,
    async play({ page, stub, assert }) {
      await addAuthenticator(page);
      await page.goto(`${stub.url}/invitation?token=${INVITATION_TOKEN}`);
      await page.getByText('対応者（市長部局/税務課 以下）').waitFor();
      await page.locator('#passkey-name').fill('青いセキュリティキー');
      await page.getByRole('button', { name: 'パスキーを作る' }).click();
      await page.getByRole('heading', { level: 1, name: '概況' }).waitFor();
      await page.context().clearCookies();
      stub.state.passkeyRefused = true;
      await page.goto(`${stub.url}/incidents/40?state=IN_PROGRESS`);
      await page.getByRole('button', { name: 'パスキーでサインイン' }).click();
      await page.getByText(/このパスキーではサインインできません/).waitFor();
      stub.state.passkeyRefused = false;
      await page.getByRole('button', { name: 'パスキーでサインイン' }).click();
      await page.waitForURL(`${stub.url}/incidents/40?state=IN_PROGRESS`);
      await page.getByRole('heading', { level: 2, name: /個人番号の貼り付け/ }).waitFor();
      assert.equal(sent(stub, 'POST /sign-in').at(-1).userHandle, 'AAAAAAAAAAAAAAAAAAAAAQ');
    },
  },
  {
    name: 'a token signs in only where the installation takes one',
    isPublic: true,
    async play({ page, stub, assert }) {
      await page.goto(`${stub.url}/sign-in`);
      await page.getByRole('button', { name: '運用者トークンでサインイン' }).click();
      await page.locator('#token').fill('wrong');
      await page.getByRole('button', { name: 'サインイン', exact: true }).click();
      await page.getByText('トークンが違うか、期限切れか、削除されています。').waitFor();
      await page.locator('#token').fill(OPERATOR_TOKEN);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: '概況' }).waitFor();
      await page.context().clearCookies();
      stub.state.tokensSignIn = false;
      await page.goto(`${stub.url}/sign-in`);
      await page.getByRole('button', { name: 'パスキーでサインイン' }).waitFor();
      assert.equal(await page.locator('#token').count(), 0);
    },
  },
  {
    name: 'an operator is invited to a branch, the link shown once, and withdrawn',
    async play({ page, stub, assert }) {
      await page.goto(`${stub.url}/operators`);
      await page.getByRole('button', { name: '招待する' }).click();
      await page.getByRole('textbox', { name: '名前' }).fill('伊藤 忍');
      await page.getByLabel('役割 1 の範囲（所属）').fill('市長部局/税務課');
      await page.getByRole('button', { name: '役割を加える' }).click();
      await page.getByRole('button', { name: '招待リンクを作る' }).click();
      assert.match(await page.getByRole('textbox', { name: '招待リンク' }).inputValue(), /\/invitation\?token=ski_/);
      await page.getByRole('dialog').getByText('閉じる', { exact: true }).click();
      assert.deepEqual(sent(stub, 'POST /invitations')[0].roles, [{ role: 'responder', branch: '市長部局/税務課' }, { role: 'auditor' }]);
      await page.getByRole('button', { name: '伊藤 忍 さんへの招待を取り消す' }).click();
      await page.getByRole('dialog').getByRole('button', { name: '取り消す' }).click();
      await page.getByText('取り消し済み').first().waitFor();
    },
  },
  {
    name: 'an operator gets another role, a link for another passkey, and is disabled',
    async play({ page, stub, assert }) {
      await page.goto(`${stub.url}/operators`);
      await page.getByRole('button', { name: '佐々木 玲' }).click();
      const panel = page.locator('.pf-v6-c-drawer__panel');
      await panel.getByLabel('役割 2', { exact: true }).selectOption('approver');
      await panel.getByRole('button', { name: '役割を保存' }).click();
      await panel.getByRole('button', { name: 'パスキー登録用リンクを作る' }).click();
      await page.getByRole('dialog').getByText('閉じる', { exact: true }).click();
      await panel.getByRole('button', { name: '停止する' }).click();
      await page.getByRole('dialog').getByRole('button', { name: '停止する' }).click();
      await panel.getByRole('button', { name: '再開する' }).waitFor();
      const changes = sent(stub, 'PATCH /operators/6f0b2c1a-0000-4000-8000-000000000002');
      assert.deepEqual(changes, [
        { roles: [{ role: 'responder', branch: '市長部局/税務課' }, { role: 'approver' }] },
        { disabled: true },
      ]);
    },
  },
  {
    name: 'a passkey is added and one removed, but never the last',
    async play({ page, stub, assert }) {
      await addAuthenticator(page);
      await page.goto(`${stub.url}/account`);
      await page.getByRole('button', { name: 'パスキーを追加' }).click();
      await page.locator('#passkey-name').fill('新しい鍵');
      await page.getByRole('button', { name: 'パスキーを作る' }).click();
      await text(page, '新しい鍵').waitFor();
      for (const name of ['机のパソコン', '青いセキュリティキー']) {
        await page.getByRole('button', { name: `パスキー ${name} を削除` }).click();
        await page.getByRole('dialog').getByRole('button', { name: '削除' }).click();
        await page.getByRole('dialog').waitFor({ state: 'detached' });
      }
      assert.equal(await page.getByRole('button', { name: 'パスキー 新しい鍵 を削除' }).isDisabled(), true);
      assert.equal(stub.state.passkeys.length, 1);
    },
  },
  {
    name: 'a command is let in with the code that it shows',
    async play({ page, stub, assert }) {
      await page.goto(`${stub.url}/device`);
      await page.locator('#code').fill('BCDF-GHJK');
      await page.getByRole('button', { name: '確かめる' }).click();
      await page.getByText('192.0.2.17').waitFor();
      await page.getByRole('button', { name: '承認する' }).click();
      await page.getByText(/承認しました/).waitFor();
      assert.deepEqual(sent(stub, 'POST /device/requests/BCDF-GHJK/approval')[0].roles, [{ role: 'administrator' }]);
    },
  },
  {
    name: 'a draft is tried on what really happened, down to the event, without losing the draft',
    async play({ page, stub, assert }) {
      await page.goto(`${stub.url}/policies/my-number`);
      await page.getByRole('tab', { name: '試す' }).click();
      await page.getByLabel('期間').selectOption('7');
      await page.getByRole('button', { name: '試してみる' }).click();
      await page.getByText(/新たに止まるのは 14 件、新たに許されるのは 2 件/).waitFor();
      assert.equal(sent(stub, 'POST /policies/simulate')[0].days, 7);
      await page.getByRole('button', { name: 'ルール', exact: true }).click();
      await page.locator('.pf-v6-c-table__toggle button').first().click();
      await page.getByRole('button', { name: /4182 番/ }).first().click();
      await page.getByRole('dialog').getByRole('heading', { level: 2 }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      assert.equal(page.url(), `${stub.url}/policies/my-number`);
    },
  },
  {
    name: 'a session that ends leads back to sign-in',
    async play({ page, stub }) {
      await page.context().clearCookies();
      await page.goto(`${stub.url}/terminals`);
      await page.waitForURL(/\/sign-in\?next=%2Fterminals/);
    },
  },
  {
    name: 'a destination for events is added, its secret shown once, paused and deleted',
    async play({ page, stub, assert }) {
      await page.goto(`${stub.url}/exports`);
      await page.getByRole('button', { name: '転送先を追加' }).click();
      await page.locator('#export-name').fill('試し');
      await page.locator('#export-transport').selectOption('WEBHOOK');
      await page.locator('#export-format').selectOption('OCSF');
      await page.locator('#export-address').fill('https://siem.city.example/events');
      await page.getByRole('button', { name: '転送を始める' }).click();
      await page.getByRole('textbox', { name: '署名の鍵' }).waitFor();
      await page.getByRole('dialog').getByText('閉じる', { exact: true }).click();
      assert.deepEqual(sent(stub, 'POST /export-destinations')[0], {
        name: '試し',
        transport: 'WEBHOOK',
        format: 'OCSF',
        address: 'https://siem.city.example/events',
      });
      await page.getByRole('button', { name: '試し への転送を休止' }).click();
      await page.getByRole('button', { name: '試し への転送を再開' }).waitFor();
      await page.getByRole('button', { name: '転送先 試し を削除' }).click();
      await page.getByRole('dialog').getByRole('button', { name: '削除' }).click();
      await page.getByRole('button', { name: '転送先 試し を削除' }).waitFor({ state: 'detached' });
    },
  },
  {
    name: 'an incident is taken, noted and closed; a conflict is said plainly',
    async play({ page, stub, assert }) {
      await page.goto(`${stub.url}/incidents`);
      await page.getByRole('button', { name: '個人番号の貼り付けを遮断しました' }).click();
      await page.getByRole('button', { name: '自分が担当する' }).click();
      await page.locator('.pf-v6-c-drawer__panel dl').getByText('対応中').waitFor();
      await page.getByLabel('新しいメモ').fill('本人に確認した');
      await page.getByRole('button', { name: 'メモを加える' }).click();
      await page.getByText('本人に確認した', { exact: true }).last().waitFor();
      await page.getByRole('button', { name: '終了する' }).click();
      await page.getByRole('combobox', { name: /結論の種類/ }).selectOption('MISTAKE');
      await page.getByRole('textbox', { name: /結論の説明/ }).fill('誤操作');
      // As late as can be: the page reads the incident anew after a note.
      stub.state.incidents[0].version += 1;
      await page.getByRole('dialog').getByRole('button', { name: '終了する' }).click();
      const conflict = page.getByText('その間にほかの人が変更しました', { exact: false });
      await conflict.waitFor();
      await page.getByRole('dialog').getByRole('button', { name: '終了する' }).click();
      await page.locator('.pf-v6-c-drawer__panel dl').getByText('終了', { exact: true }).first().waitFor();
      assert.deepEqual(
        sent(stub, 'PATCH /incidents/41').map(({ owner, state, note, finding }) => ({ owner, state, note, finding })),
        [
          { owner: '山田 花子', state: 'IN_PROGRESS', note: undefined, finding: undefined },
          { owner: undefined, state: undefined, note: '本人に確認した', finding: undefined },
          { owner: undefined, state: 'CLOSED', note: undefined, finding: { kind: 'MISTAKE', text: '誤操作' } },
          { owner: undefined, state: 'CLOSED', note: undefined, finding: { kind: 'MISTAKE', text: '誤操作' } },
        ],
      );
    },
  },
  {
    name: 'the draft of a report to the commission is opened from the clock, written and saved',
    async play({ page, stub, assert }) {
      await page.goto(`${stub.url}/incidents/40`);
      await page.getByRole('link', { name: '速報の案を開く' }).click();
      await page.getByText('8 項目').waitFor();
      const publication = page.getByRole('textbox', { name: /公表の実施状況/ });
      await publication.fill('市のサイトで公表した');
      assert.equal(await page.getByRole('button', { name: 'PDFを取得' }).isDisabled(), true);
      await page.getByRole('button', { name: '保存', exact: true }).click();
      await page.getByText('7 項目').waitFor();
      assert.match(await page.getByRole('link', { name: 'PDFを取得' }).getAttribute('href'), /report-drafts\/PRELIMINARY\/download\?format=pdf&language=ja/u);
      assert.deepEqual(sent(stub, 'PUT /incidents/40/report-drafts/PRELIMINARY'), [
        { items: [{ item: 'PUBLICATION', text: '市のサイトで公表した' }], version: 0 },
      ]);
      await page.getByRole('button', { name: '「7. 公表の実施状況」を記録からの案に戻す' }).click();
      await page.getByRole('button', { name: '保存', exact: true }).click();
      await page.getByText('8 項目').waitFor();
    },
  },
  {
    name: 'a policy is edited, its error found at its line, its loosening shown, and it is proposed with a reason',
    async play({ page, stub, assert }) {
      await page.goto(`${stub.url}/policies`);
      await page.getByRole('link', { name: '編集する' }).first().click();
      await page.getByText('警告 1 件').first().waitFor();
      await page.getByRole('button', { name: 'YAML', exact: true }).click();
      const editor = page.getByRole('textbox', { name: 'ポリシーの本文（YAML）' });
      await editor.click();
      await page.keyboard.press('Control+End');
      await page.keyboard.type('    veredict: allow\n');
      await page.getByText('誤り 1 件').waitFor();
      assert.equal(await page.getByRole('button', { name: '公開する' }).isDisabled(), true);
      await page.getByRole('button', { name: /行へ移動/ }).first().click();
      await page.keyboard.press('Control+End');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Home');
      await page.keyboard.press('Shift+End');
      await page.keyboard.type('    verdict: allow');
      await page.getByText('誤り 1 件').waitFor({ state: 'detached' });
      await page.getByRole('tab', { name: '違い' }).click();
      await page.getByText('緩める 1 件').waitFor();
      await page.getByRole('button', { name: '提案する' }).click();
      await page.getByText(/持ち出しの制限を緩めます/).waitFor();
      await page.getByText(/すぐには公開されません/).waitFor();
      await page.getByRole('textbox', { name: /公開の理由/ }).fill('年度末の対応');
      await page.getByRole('dialog').getByRole('button', { name: '提案する' }).click();
      await page.waitForURL(`${stub.url}/proposals/13`);
      await page.getByText(/自分の提案には同意できません/).waitFor();
      assert.equal(await page.getByRole('button', { name: '同意して公開する' }).count(), 0);
      const [published] = sent(stub, 'POST /policies');
      assert.equal(published.reason, '年度末の対応');
      assert.equal(published.expectedCurrent, 7);
      assert.match(published.yaml, /verdict: allow/);
    },
  },
  {
    name: 'a rule is written in the form by keyboard alone, its finding shown at its field, and the text is the same document',
    async play({ page, stub, assert }) {
      await page.goto(`${stub.url}/policies/my-number`);
      await page.getByText('警告 1 件').first().waitFor();
      const heading = page.getByRole('button', { name: /^2\. ask-for-suspects/ });
      await heading.focus();
      await page.keyboard.press('Alt+ArrowUp');
      await page.getByRole('button', { name: /^1\. ask-for-suspects/ }).waitFor();
      await page.locator('#rule-0-open:focus').waitFor();
      await page.keyboard.press('Enter');
      await page.getByLabel('無効にする').focus();
      await page.keyboard.press('Space');
      await page.getByRole('button', { name: /^だれに/ }).focus();
      await page.keyboard.press('Enter');
      await page.getByLabel('所属', { exact: true }).focus();
      await page.keyboard.type('市長部局/税務課\n市長部局/市民課');
      await page.getByRole('button', { name: 'YAML', exact: true }).click();
      const text = page.getByRole('textbox', { name: 'ポリシーの本文（YAML）' });
      await text.getByText('org-units: ["市長部局/税務課", "市長部局/市民課"]'.replaceAll('"', '')).waitFor();
      await text.getByText('disabled: true').waitFor();
      await text.click();
      await page.keyboard.press('Control+End');
      await page.keyboard.type('    what: {');
      await page.getByRole('button', { name: 'フォーム', exact: true }).click();
      await page.getByText(/フォームでは表示できません/).waitFor();
      await page.getByRole('button', { name: 'YAML で直す' }).click();
      await page.locator('.cm-content:focus').waitFor();
      await page.keyboard.press('Control+End');
      await page.keyboard.press('Shift+Home');
      await page.keyboard.press('Delete');
      await page.getByRole('button', { name: 'フォーム', exact: true }).click();
      await page.getByRole('button', { name: /^1\. ask-for-suspects/ }).waitFor();
      await page.getByRole('button', { name: '元に戻す' }).click();
      await page.getByText(/フォームでは表示できません/).waitFor();
      await page.getByRole('button', { name: 'やり直す' }).click();
      await page.getByRole('button', { name: /ask-for-suspects/ }).first().waitFor();
      // Where the rule stands now: the checker has seen this text.
      await page.getByRole('button', { name: '11 行へ移動', exact: true }).click();
      await page.locator('[id="field-rules[0].id"]:focus').waitFor();
      assert.equal(await page.getByLabel('所属', { exact: true }).inputValue(), '市長部局/税務課\n市長部局/市民課');
    },
  },
  {
    name: 'a revision goes to a pilot group first, then to all',
    async play({ page, stub, assert }) {
      await page.goto(`${stub.url}/policies/my-number`);
      await page.getByText('警告 1 件').first().waitFor();
      await page.getByRole('button', { name: '公開する' }).click();
      await page.getByLabel('一部の端末で先に試す').check();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: /公開の理由/ }).fill('まず税務課で');
      assert.equal(await dialog.getByRole('button', { name: '公開する' }).isDisabled(), true);
      await dialog.getByRole('combobox', { name: '所属（配下も含む）' }).fill('市長部局/税務課');
      await page.keyboard.press('Enter');
      await dialog.getByRole('combobox', { name: '端末のグループ' }).fill('先行端末');
      await page.keyboard.press('Enter');
      await dialog.getByText('市長部局/税務課', { exact: true }).waitFor();
      await dialog.getByRole('button', { name: '公開する' }).click();
      await page.getByText('一部の端末で試行中').waitFor();
      assert.deepEqual(sent(stub, 'POST /policies')[0].pilot, { units: ['市長部局/税務課'], terminals: [], groups: [stub.state.groups.find((one) => one.name === '先行端末').id] });
      await page.getByRole('button', { name: '全端末に公開する' }).click();
      await page.getByRole('dialog').getByRole('textbox').fill('問題なし');
      await page.getByRole('dialog').getByRole('button', { name: '全端末に公開する' }).click();
      await page.getByText('全端末に公開済み').waitFor();
    },
  },
  {
    name: 'a proposal is read, tried and consented to by a second person',
    async play({ page, stub, assert }) {
      stub.state.role = 'approver';
      await page.goto(`${stub.url}/policies`);
      await page.getByRole('link', { name: '承認待ちを開く' }).click();
      await page.getByRole('button', { name: '提案 12' }).click();
      await page.getByText('ルールの判定を block から justify に変えます').waitFor();
      await page.getByRole('button', { name: '試してみる' }).click();
      await page.getByText(/新たに許されるのは 2 件/).waitFor();
      await page.getByRole('button', { name: '同意して公開する' }).click();
      await page.getByRole('dialog').getByRole('button', { name: '同意して公開する' }).click();
      await page.locator('.pf-v6-c-drawer__panel').getByText('公開済み', { exact: true }).waitFor();
      assert.equal(stub.state.proposals[0].state, 'APPROVED');
    },
  },
  {
    name: 'an enrolment token is made, shown once, and deleted',
    async play({ page, stub, assert }) {
      await page.goto(`${stub.url}/enrolment-tokens`);
      await page.getByRole('button', { name: 'トークンを作る' }).click();
      await page.getByLabel('所属').fill('市長部局/税務課');
      await page.getByRole('dialog').getByRole('button', { name: 'トークンを作る' }).click();
      assert.match(await page.getByRole('textbox', { name: '登録トークン' }).inputValue(), /^skt1\./);
      await page.getByRole('dialog').getByText('閉じる', { exact: true }).click();
      assert.equal(await page.getByText('skt1.').count(), 0);
      await page.getByRole('button', { name: /トークンを削除/ }).first().click();
      await page.getByRole('dialog').getByRole('button', { name: '削除' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      assert.equal(stub.state.tokens.length, 2);
    },
  },
  {
    name: 'an auditor sees everything and is offered no change',
    async play({ page, stub, assert }) {
      stub.state.role = 'auditor';
      await page.goto(`${stub.url}/terminals/t-7f3a01`);
      await page.getByRole('heading', { level: 2, name: 'zeimu-01' }).waitFor();
      assert.equal(await page.getByRole('button', { name: '失効させる' }).count(), 0);
      await page.goto(`${stub.url}/policies`);
      await page.getByRole('link', { name: '内容を見る' }).first().waitFor();
      assert.equal(await page.getByRole('link', { name: '編集する' }).count(), 0);
    },
  },
  {
    name: 'terminals are sorted by the server, chosen and moved together, and the view keeps its address',
    async play({ page, stub, assert }) {
      await page.goto(`${stub.url}/terminals?unit=${encodeURIComponent('市長部局/税務課')}`);
      await page.getByRole('button', { name: 'zeimu-01' }).waitFor();
      assert.equal(await page.getByRole('button', { name: 'kyoiku-01' }).count(), 0);
      await page.getByRole('columnheader', { name: '端末' }).getByRole('button').click();
      await page.waitForURL(/sort=-host/);
      await page.locator('tbody tr').first().getByRole('button', { name: 'zeimu-99' }).waitFor();
      await page.getByRole('row', { name: /zeimu-01/ }).getByRole('checkbox').check();
      await page.getByRole('row', { name: /zeimu-02/ }).getByRole('checkbox').check();
      await page.getByRole('button', { name: '選んだ 2 台の所属を変える' }).click();
      await page.locator('#move-unit').fill('市長部局/市民課');
      await page.getByRole('dialog').getByRole('button', { name: '変える' }).click();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      assert.deepEqual(sent(stub, 'POST /terminals/move'), [{ terminals: ['t-7f3a01', 't-7f3a02'], orgUnit: '市長部局/市民課' }]);
    },
  },
  {
    name: 'a terminal is isolated with a reason, and shows how far the command has come',
    async play({ page, stub, assert }) {
      await page.goto(`${stub.url}/terminals/t-7f3a01`);
      await page.getByRole('button', { name: '隔離', exact: true }).click();
      await page.getByRole('textbox', { name: /理由/ }).fill('不審な持ち出し');
      await page.getByRole('dialog').getByRole('button', { name: '隔離', exact: true }).click();
      await page.getByText('到達', { exact: true }).waitFor();
      await page.getByText(/この端末は隔離されています/).waitFor();
      assert.deepEqual(sent(stub, 'POST /terminals/t-7f3a01/commands'), [{ kind: 'ISOLATE', reason: '不審な持ち出し' }]);
      await page.getByRole('button', { name: '利用者に連絡' }).click();
      await page.getByRole('textbox', { name: /理由/ }).fill('確認');
      assert.equal(await page.getByRole('dialog').getByRole('button', { name: '利用者に連絡' }).isDisabled(), true);
      await page.getByRole('textbox', { name: '伝える文' }).fill('連絡してください');
      await page.getByRole('dialog').getByRole('button', { name: '利用者に連絡' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      assert.equal(sent(stub, 'POST /terminals/t-7f3a01/commands')[1].text, '連絡してください');
    },
  },
  {
    name: 'a terminal that waits is approved',
    async play({ page, stub, assert }) {
      await page.goto(`${stub.url}/terminals?show=waiting`);
      await page.getByRole('button', { name: 'suido-01' }).click();
      await page.getByRole('button', { name: '承認する' }).click();
      await page.getByRole('button', { name: '承認する' }).waitFor({ state: 'hidden' });
      assert.equal(sent(stub, 'POST /terminals/t-7f3a07/approve').length, 1);
    },
  },
  {
    name: 'a division is added and renamed, and a group made by a rule',
    async play({ page, stub, assert }) {
      await page.goto(`${stub.url}/organisation`);
      await page.getByRole('button', { name: '市長部局 の下に加える' }).click();
      await page.locator('#unit-path').fill('市長部局/福祉課');
      await page.getByRole('dialog').getByRole('button', { name: '部署を加える' }).click();
      await page.getByText('福祉課', { exact: true }).waitFor();
      await page.getByRole('button', { name: '監査委員 の名前・位置を変える' }).click();
      await page.locator('#unit-path').fill('監査事務局');
      await page.getByRole('dialog').getByRole('button', { name: '名前・位置を変える' }).click();
      await page.getByText('監査事務局', { exact: true }).waitFor();
      assert.deepEqual(sent(stub, 'POST /org-units/rename'), [{ from: '監査委員', to: '監査事務局' }]);
      await page.getByRole('button', { name: 'グループを作る' }).click();
      await page.locator('#group-name').fill('窓口');
      await page.locator('#group-host').fill('shimin-*');
      await page.getByRole('button', { name: '保存' }).click();
      await page.getByText('窓口', { exact: true }).waitFor();
      assert.deepEqual(sent(stub, 'POST /terminal-groups'), [{ name: '窓口', note: '', members: [], hostPattern: 'shimin-*' }]);
    },
  },
  {
    name: 'a terminal is revoked with a reason',
    async play({ page, stub, assert }) {
      await page.goto(`${stub.url}/terminals/t-7f3a01`);
      await page.getByRole('button', { name: '失効させる' }).click();
      await page.getByRole('textbox', { name: /理由/ }).fill('紛失');
      await page.getByRole('dialog').getByRole('button', { name: '失効させる' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      assert.deepEqual(sent(stub, 'POST /terminals/t-7f3a01/revoke'), [{ reason: '紛失' }]);
    },
  },
  {
    name: 'everything is reached by keyboard, and Escape closes the detail',
    async play({ page, stub, assert }) {
      await page.goto(`${stub.url}/terminals`);
      const first = page.getByRole('button', { name: 'zeimu-01' });
      await first.waitFor();
      for (let presses = 0; presses < 60; presses += 1) {
        await page.keyboard.press('Tab');
        if (await first.evaluate((element) => element === document.activeElement)) {
          break;
        }
      }
      assert.equal(await first.evaluate((element) => element === document.activeElement), true);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 2, name: 'zeimu-01' }).waitFor();
      await page.keyboard.press('Escape');
      await page.waitForURL(`${stub.url}/terminals`);
    },
  },
  {
    name: 'an alarm is acknowledged with a note, and stays until its cause has ended',
    async play({ page, stub, assert }) {
      await page.goto(`${stub.url}/`);
      await page.getByRole('link', { name: /経路の適用切れ/ }).click();
      await page.waitForURL(/kind=CHANNEL/);
      await page.getByRole('button', { name: 'zeimu-02 の警報を確認済みにする' }).click();
      await page.getByRole('textbox', { name: /確かめたことと対処/ }).fill('権限を直した');
      await page.getByRole('dialog').getByRole('button', { name: '確認済みにする' }).click();
      await page.getByText('確認: 山田 花子（権限を直した）').waitFor();
      assert.equal(await page.getByText('継続中', { exact: true }).count(), 1);
      assert.deepEqual(stub.state.requests.find(({ act }) => act === 'POST /alarms/9/acknowledgement').body, { note: '権限を直した', version: 1 });
    },
  },
  {
    name: 'language and appearance are chosen and remembered',
    async play({ page, stub, assert }) {
      await page.goto(`${stub.url}/policies`);
      await page.getByRole('button', { name: '表示と言語' }).click();
      await page.getByRole('option', { name: 'English' }).click();
      await page.getByRole('heading', { level: 1, name: 'Policies' }).waitFor();
      await page.getByRole('button', { name: 'Appearance and language' }).click();
      await page.getByRole('option', { name: 'Dark' }).click();
      await page.reload();
      await page.getByRole('heading', { level: 1, name: 'Policies' }).waitFor();
      assert.equal(await page.evaluate(() => document.documentElement.classList.contains('pf-v6-theme-dark')), true);
    },
  },
];
