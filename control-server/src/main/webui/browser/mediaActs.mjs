// What people do about media, permits and what opens incidents, played through.
const sent = (stub, act) => stub.state.requests.filter((one) => one.act === act).map((one) => one.body);

export const mediaActs = [
  {
    name: 'somebody is told by mail once its server is set and tried, and notifications are paused and deleted',
    async play({ page, stub, assert }) {
      stub.state.mailServer = null;
      await page.goto(`${stub.url}/notifications`);
      const dialog = page.getByRole('dialog');
      await page.getByText('設定されていません。メールは送られません。').waitFor();
      await page.getByRole('button', { name: 'メールサーバーを設定' }).click();
      await dialog.locator('#mail-host').fill('mail.city.example');
      await dialog.locator('#mail-security').selectOption('TLS');
      assert.equal(await dialog.locator('#mail-port').inputValue(), '465');
      await dialog.locator('#mail-sender').fill('sekisho@city.example');
      await dialog.locator('#mail-user').fill('sekisho');
      await dialog.locator('#mail-password').fill('stub-password');
      await dialog.getByRole('button', { name: '保存' }).click();
      await page.getByText('mail.city.example:465').waitFor();
      assert.equal(await page.getByText('stub-password').count(), 0);
      await page.getByRole('button', { name: '試しに送る' }).click();
      await dialog.locator('#mail-test').fill('wrong@city.example');
      await dialog.getByRole('button', { name: '送る', exact: true }).click();
      await dialog.getByText(/550 no such user/).waitFor();
      await dialog.getByRole('button', { name: 'やめる' }).click();
      await page.getByRole('button', { name: '知らせる先を追加' }).click();
      await dialog.locator('#subscription-name').fill('当番');
      await dialog.locator('#subscription-address').fill('duty@city.example');
      await dialog.getByLabel('端末の警報').uncheck();
      await dialog.locator('#subscription-branch').fill('市長部局/税務課');
      await dialog.getByRole('button', { name: '知らせ始める' }).click();
      await page.getByRole('button', { name: '知らせる先 当番 を変更' }).click();
      await page.locator('#subscription-name').fill('夜の当番');
      await page.locator('#subscription-least').selectOption('CRITICAL');
      await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
      await page.getByRole('button', { name: '夜の当番 への通知を休止' }).click();
      await page.getByRole('button', { name: '夜の当番 への通知を再開' }).waitFor();
      assert.deepEqual(sent(stub, 'POST /notification-subscriptions')[0], { name: '当番', transport: 'MAIL', address: 'duty@city.example', topics: ['INCIDENT_OPENED', 'INCIDENT_OVERDUE'], leastSeverity: 'HIGH', language: 'ja', branch: '市長部局/税務課' });
      await page.getByRole('button', { name: '知らせる先 夜の当番 を削除' }).click();
      await dialog.getByRole('button', { name: '削除' }).click();
      await page.getByRole('button', { name: '知らせる先 夜の当番 を削除' }).waitFor({ state: 'detached' });
    },
  },
  {
    name: 'incident rules are changed, tried on what happened, and saved with a reason; a conflict overwrites nothing',
    async play({ page, stub, assert }) {
      await page.goto(`${stub.url}/incident-rules`);
      const save = page.getByRole('button', { name: '保存して効かせる' });
      await page.getByRole('button', { name: '遮断された持ち出し操作', exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog.locator('#rule-threshold').fill('5');
      await dialog.getByLabel('印刷').check();
      await dialog.getByRole('button', { name: 'この内容にする' }).click();
      await page.getByRole('button', { name: '「端末のその他の異常」を上へ' }).click();
      await page.getByRole('button', { name: '試してみる' }).click();
      await page.getByText('いまの条件なら 41 件、上の条件なら 12 件', { exact: false }).waitFor();
      assert.deepEqual(sent(stub, 'POST /incident-rules/preview')[0].rules.map((rule) => rule.id), ['severe', 'blocked', 'terminals', 'record']);
      stub.state.incidentRules.version += 1;
      await save.click();
      await dialog.getByRole('textbox').fill('窓口が増えたため');
      await dialog.getByRole('button', { name: '保存して効かせる' }).click();
      await page.getByText('その間にほかの人が変更しました', { exact: false }).waitFor();
      assert.equal(stub.state.incidentRules.rules[1].threshold, 3);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: '変更を捨てる' }).click();
      await page.getByText('60 分に 3 件で').waitFor();
      await page.getByLabel('「端末のその他の異常」を有効にする').click({ force: true });
      await save.click();
      await dialog.getByRole('textbox').fill('試験');
      await dialog.getByRole('button', { name: '保存して効かせる' }).click();
      await dialog.waitFor({ state: 'detached' });
      assert.equal(stub.state.incidentRules.rules[3].enabled, false);
      assert.equal(stub.state.incidentRules.version, 5);
    },
  },
  {
    name: 'a stick is registered from the attempt that was stopped, then reported lost, and a conflict is said plainly',
    async play({ page, stub, assert }) {
      await page.goto(`${stub.url}/events/t-7f3a01/4150`);
      await page.getByRole('button', { name: 'この媒体を登録' }).click();
      const dialog = page.getByRole('dialog');
      assert.equal(await dialog.locator('#medium-name').inputValue(), 'DataTraveler');
      await dialog.locator('#medium-name').fill('税務課 USB-03');
      await dialog.locator('#medium-last-day').fill('2027-03-31');
      await dialog.getByRole('button', { name: '媒体を登録' }).click();
      await page.getByRole('heading', { level: 2, name: '税務課 USB-03' }).waitFor();
      const [made] = sent(stub, 'POST /media');
      assert.deepEqual(made.event, { terminal: 't-7f3a01', seq: 4150 });
      assert.equal(made.device, undefined);
      assert.equal(made.owner, '市長部局/税務課');
      assert.equal(made.segment, 'MY_NUMBER');
      await page.getByRole('button', { name: '紛失とする' }).click();
      await dialog.getByRole('textbox', { name: /理由/ }).fill('見当たらない');
      stub.state.media[0].version += 1;
      await dialog.getByRole('button', { name: '紛失とする' }).click();
      await page.getByText('その間にほかの人が変更しました', { exact: false }).waitFor();
      await dialog.getByRole('button', { name: '紛失とする' }).click();
      await page.getByRole('button', { name: '使用中に戻す' }).waitFor();
      assert.equal(stub.state.media[0].state, 'LOST');
    },
  },
  {
    name: 'a stick is registered by its numbers, again although its identity is taken, and its end is taken away',
    async play({ page, stub, assert }) {
      await page.goto(`${stub.url}/media?state=IN_USE`);
      await page.getByRole('button', { name: '媒体を登録' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.locator('#medium-name').fill('重複');
      assert.equal(await dialog.getByRole('button', { name: '媒体を登録' }).isDisabled(), true);
      await dialog.locator('#medium-hash').fill('ab'.repeat(32));
      await dialog.getByRole('button', { name: '媒体を登録' }).click();
      await dialog.getByLabel('番号が同じ、別の媒体として登録する').check();
      await dialog.getByRole('button', { name: '媒体を登録' }).click();
      await page.getByRole('heading', { level: 2, name: '重複' }).waitFor();
      assert.deepEqual(sent(stub, 'POST /media')[1].device, { hash: 'ab'.repeat(32) });
      assert.match(page.url(), /state=IN_USE/);
      await page.getByRole('button', { name: '内容を変える' }).click();
      await dialog.locator('#medium-last-day').fill('');
      await dialog.locator('#medium-note').fill('予備');
      await dialog.getByRole('button', { name: '保存' }).click();
      await dialog.waitFor({ state: 'detached' });
      assert.equal(stub.state.media[0].note, '予備');
      assert.equal(stub.state.media[0].expiresAt, null);
    },
  },
  {
    name: 'a table of media is refused line by line, then taken whole',
    async play({ page, stub, assert }) {
      await page.goto(`${stub.url}/media`);
      assert.match(await page.getByRole('link', { name: 'CSVに書き出す' }).getAttribute('href'), /\/api\/v1\/media\/export$/);
      await page.getByRole('button', { name: 'CSVから登録' }).click();
      const dialog = page.getByRole('dialog');
      const choose = (table) => dialog.locator('#media-file').setInputFiles({ name: 'media.csv', mimeType: 'text/csv', buffer: Buffer.from(table) });
      await choose('segment,name\nNOWHERE,x\n');
      await dialog.getByRole('button', { name: '登録する' }).click();
      await dialog.getByRole('row', { name: /4.*名称は/ }).waitFor();
      await choose('segment,name,device_hash\nMY_NUMBER,媒体,abc\n');
      await dialog.getByRole('button', { name: '登録する' }).click();
      await dialog.getByText('1 件を登録しました。').waitFor();
      assert.equal(sent(stub, 'POST /media/import')[1], 'segment,name,device_hash\nMY_NUMBER,媒体,abc\n');
    },
  },
  {
    name: 'a permit for two files of a registered stick is granted, seen used, and revoked',
    async play({ page, stub, assert }) {
      await page.goto(`${stub.url}/media/a1b20000-0000-4000-8000-000000000001`);
      await page.getByRole('link', { name: 'この媒体に許可を与える' }).click();
      const dialog = page.getByRole('dialog');
      const grant = dialog.getByRole('button', { name: '許可を与える' });
      await dialog.locator('#permit-user').fill('yamada');
      await dialog.locator('#permit-terminal').fill('zeimu-01');
      await dialog.locator('#permit-files').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('abc') });
      await page.waitForFunction(() => document.querySelector('#permit-hashes').value.includes('ba7816bf'));
      await dialog.locator('#permit-names').fill('回答*.xlsx');
      await dialog.locator('#permit-reason').fill('県税事務所へ届ける');
      assert.equal(await grant.isDisabled(), false);
      await dialog.locator('#permit-hashes').press('Control+End');
      await dialog.locator('#permit-hashes').pressSequentially('\nnonsense');
      assert.equal(await grant.isDisabled(), true);
      for (let i = 0; i < 9; i += 1) await dialog.locator('#permit-hashes').press('Backspace');
      await grant.click();
      await page.getByRole('heading', { level: 2, name: 'yamada さん：外部媒体 · 税務課 USB-01' }).waitFor();
      const [asked] = sent(stub, 'POST /permits');
      assert.deepEqual(asked.files, ['ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad']);
      assert.deepEqual(asked.fileNames, ['回答*.xlsx']);
      assert.equal(asked.terminal, 't-7f3a01');
      assert.equal(asked.medium, 'a1b20000-0000-4000-8000-000000000001');
      assert.equal(asked.uses, 1);
      await page.getByRole('button', { name: '取り消す' }).click();
      await dialog.getByRole('textbox', { name: /理由/ }).fill('不要になった');
      await dialog.getByRole('button', { name: '取り消す' }).click();
      await page.locator('.pf-v6-c-drawer__panel').getByText('取り消し', { exact: true }).waitFor();
    },
  },
  {
    name: 'all that was carried under a permit is listed, page by page',
    async play({ page, stub }) {
      await page.goto(`${stub.url}/permits/b1b20000-0000-4000-8000-000000000001`);
      await page.getByText('住民/名簿 ••••.xlsx').waitFor();
      await page.getByRole('button', { name: '前のものも表示' }).click();
      await page.getByRole('link', { name: '持ち出し許可の使用' }).waitFor();
      await page.getByRole('button', { name: '前のものも表示' }).waitFor({ state: 'detached' });
    },
  },
  {
    name: 'a permit is granted from the attempt that was stopped, and an approver registers nothing',
    async play({ page, stub, assert }) {
      stub.state.role = 'approver';
      await page.goto(`${stub.url}/events/t-7f3a01/4150`);
      await page.getByRole('button', { name: 'この操作に許可を与える' }).click();
      assert.equal(await page.getByRole('button', { name: 'この媒体を登録' }).count(), 0);
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('持ち込みのみ（読み取り専用）').check();
      assert.equal(await dialog.locator('#permit-hashes').count(), 0);
      await dialog.locator('#permit-reason').fill('県から届いた資料');
      await dialog.getByRole('button', { name: '許可を与える' }).click();
      await page.waitForURL(/\/permits\//);
      const [asked] = sent(stub, 'POST /permits');
      assert.deepEqual(asked.event, { terminal: 't-7f3a01', seq: 4150 });
      assert.equal(asked.direction, 'INWARD');
      assert.equal(asked.user, 'yamada');
    },
  },
  {
    name: 'a shadow copy is asked for, and another’s opening refused, with reasons',
    async play({ page, stub, assert }) {
      const id = '1'.padStart(32, 'c');
      await page.goto(`${stub.url}/shadow-copies/${id}`);
      const dialog = page.getByRole('dialog');
      await page.getByRole('button', { name: '却下' }).click();
      await dialog.getByRole('textbox').fill('根拠がない');
      await dialog.getByRole('button', { name: '却下' }).click();
      await page.getByText('根拠がない').waitFor();
      assert.equal(stub.state.shadowCopies[0].openings[0].state, 'REFUSED');
      await page.getByRole('button', { name: '開封を申請' }).click();
      await dialog.getByRole('textbox').fill('照会への回答のため');
      await dialog.getByRole('button', { name: '開封を申請' }).click();
      await page.getByRole('button', { name: '取り下げ' }).waitFor();
      assert.deepEqual(sent(stub, `POST /shadow-copies/${id}/openings`), [{ reason: '照会への回答のため' }]);
    },
  },
];
