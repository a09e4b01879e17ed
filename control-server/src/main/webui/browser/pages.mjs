// Every page and state that is looked at: by a person as a picture, by axe-core as it stands.
import { INVITATION_TOKEN, SETUP_TOKEN } from './stub.mjs';

const heading = (page) => page.locator('h1').waitFor();
const rows = (page) => page.locator('tbody tr').first().waitFor();
const detail = (page) => page.locator('.pf-v6-c-drawer__panel h2').waitFor();
/** The form with its first rule open. */
async function editing(page) {
  await page.locator('.sk-findings li').first().waitFor();
  await page.locator('#rule-0-open').click();
  await page.locator('#rule-0-open').scrollIntoViewIfNeeded();
}
/** A draft tried on the last days, and the first division's acts opened. */
async function simulated(page, { language }) {
  await page.locator('.sk-findings li').first().waitFor();
  await page.getByRole('tab', { name: language === 'ja' ? '試す' : 'Try it' }).click();
  await page.getByRole('button', { name: language === 'ja' ? '試してみる' : 'Try it', exact: true }).click();
  await page.locator('.sk-verdict').waitFor();
  await page.locator('.pf-v6-c-table__toggle button').first().click();
}

export const pages = [
  { name: '01-sign-in', path: '/sign-in', isPublic: true, ready: heading },
  { name: '02-setup', path: `/setup?token=${SETUP_TOKEN}`, isPublic: true, ready: (page) => page.locator('#name').waitFor() },
  { name: '03-setup-used', path: '/setup?token=other', isPublic: true, ready: (page) => page.locator('.pf-v6-c-alert').waitFor() },
  { name: '04-invitation', path: `/invitation?token=${INVITATION_TOKEN}`, isPublic: true, ready: (page) => page.locator('#passkey-name').waitFor() },
  { name: '05-invitation-used', path: '/invitation?token=other', isPublic: true, ready: (page) => page.locator('.pf-v6-c-alert').waitFor() },
  { name: '06-overview', path: '/', ready: (page) => page.locator('.sk-plot svg').waitFor() },
  {
    name: '07-overview-table',
    path: '/?days=7',
    async ready(page) {
      await page.locator('.pf-v6-c-expandable-section__toggle button').click();
      await page.locator('.pf-v6-c-expandable-section tbody tr').first().waitFor();
    },
  },
  { name: '08-overview-empty', path: '/', scenario: 'empty', ready: (page) => page.locator('.sk-glance').waitFor() },
  { name: '19-alarms', path: '/alarms', ready: rows },
  { name: '19a-alarms-ended', path: '/alarms?state=ALL', role: 'auditor', ready: rows },
  { name: '19b-alarms-empty', path: '/alarms', scenario: 'empty', ready: (page) => page.locator('.pf-v6-c-empty-state').waitFor() },
  {
    name: '19c-alarm-settings',
    path: '/alarms',
    async ready(page) {
      await rows(page);
      await page.getByRole('button', { name: /警報の条件|When to alarm/ }).click();
      await page.locator('#clock-seconds').waitFor();
    },
  },
  { name: '33-reports', path: '/reports', ready: rows },
  { name: '34-report', path: '/reports/3', role: 'auditor', ready: rows },
  { name: '35-report-under-way', path: '/reports/4', ready: (page) => page.locator('.pf-v6-c-progress').waitFor() },
  {
    name: '36-report-order',
    path: '/reports',
    async ready(page) {
      await rows(page);
      await page.getByRole('button', { name: /報告書を作る|Make a report/ }).click();
      await page.locator('#report-kind').selectOption('SELF_INSPECTION');
      await page.locator('#report-from').waitFor();
    },
  },
  { name: '37-reports-empty', path: '/reports', scenario: 'empty', ready: (page) => page.locator('.pf-v6-c-empty-state').waitFor() },
  { name: '10-terminals', path: '/terminals', ready: rows },
  { name: '11-terminal', path: '/terminals/t-7f3a02', ready: detail },
  { name: '12-terminals-empty', path: '/terminals', scenario: 'empty', ready: (page) => page.locator('.pf-v6-c-empty-state').waitFor() },
  { name: '13-terminals-broken', path: '/terminals', scenario: 'broken', ready: (page) => page.locator('.pf-v6-c-alert').first().waitFor() },
  {
    name: '14-terminals-help',
    path: '/terminals',
    async ready(page) {
      await rows(page);
      await page.locator('[aria-label*="ヘルプ"], [aria-label^="Help on"]').click();
      await page.locator('.sk-help table').first().waitFor();
    },
  },
  { name: '20-events', path: '/events', ready: rows },
  { name: '21-event', path: '/events/t-7f3a01/4182', ready: detail },
  { name: '22-events-filtered', path: '/events?terminal=t-7f3a06&verdict=BLOCK', ready: rows },
  { name: '24-events-more', path: '/events?range=7d&label=my_number', ready: rows },
  { name: '23-events-empty', path: '/events', scenario: 'empty', ready: (page) => page.locator('.pf-v6-c-empty-state').waitFor() },
  { name: '30-incidents', path: '/incidents', ready: rows },
  { name: '31-incident', path: '/incidents/40', ready: detail },
  { name: '32-incident-auditor', path: '/incidents/41', role: 'auditor', ready: detail },
  { name: '38-report-draft', path: '/incidents/40/report/preliminary', ready: (page) => page.locator('#draft-OTHER').waitFor() },
  { name: '39-report-draft-auditor', path: '/incidents/40/report/final', role: 'auditor', ready: (page) => page.locator('#draft-OTHER').waitFor() },
  { name: '40-policies', path: '/policies', ready: (page) => page.locator('.pf-v6-c-card').first().waitFor() },
  { name: '41-policy-editor', path: '/policies/my-number', ready: editing },
  { name: '49-policy-yaml', path: '/policies/my-number?view=yaml', ready: (page) => page.locator('.sk-findings li').first().waitFor() },
  { name: '42-policy-revision', path: '/policies/my-number/7', ready: (page) => page.locator('tbody tr').first().waitFor() },
  { name: '43-policy-new', path: '/policies/internet', ready: (page) => page.locator('.sk-rules li').first().waitFor() },
  { name: '44-policy-simulation', path: '/policies/my-number', ready: simulated },
  { name: '45-proposals', path: '/proposals', ready: rows },
  { name: '46-proposal', path: '/proposals/12', role: 'approver', ready: detail },
  { name: '47-proposal-auditor', path: '/proposals/12', role: 'auditor', ready: detail },
  { name: '48-proposals-empty', path: '/proposals', scenario: 'empty', ready: (page) => page.locator('.pf-v6-c-empty-state').waitFor() },
  { name: '50-tokens', path: '/enrolment-tokens', ready: rows },
  { name: '15-terminal-waiting', path: '/terminals/t-7f3a07', ready: detail },
  { name: '16-organisation', path: '/organisation', ready: rows },
  { name: '17-organisation-auditor', path: '/organisation', role: 'auditor', ready: rows },
  {
    name: '18-group',
    path: '/organisation',
    async ready(page) {
      await page.getByRole('button', { name: /先行端末 を変える|group 先行端末/ }).click();
      await page.locator('#group-name').waitFor();
    },
  },
  { name: '51-operators', path: '/operators', ready: rows },
  { name: '52-operator', path: '/operators/6f0b2c1a-0000-4000-8000-000000000002', ready: (page) => page.locator('.pf-v6-c-drawer__panel tbody tr').first().waitFor() },
  { name: '53-operators-auditor', path: '/operators/6f0b2c1a-0000-4000-8000-000000000003', role: 'auditor', ready: (page) => page.locator('.pf-v6-c-drawer__panel tbody tr').first().waitFor() },
  { name: '57-exports', path: '/exports', ready: rows },
  { name: '58-exports-auditor', path: '/exports', role: 'auditor', ready: rows },
  { name: '70-media', path: '/media', ready: rows },
  { name: '71-medium', path: '/media/a1b20000-0000-4000-8000-000000000001', ready: detail },
  { name: '72-medium-lost-auditor', path: '/media/a1b20000-0000-4000-8000-000000000002', role: 'auditor', ready: detail },
  { name: '73-media-empty', path: '/media', scenario: 'empty', ready: (page) => page.locator('.pf-v6-c-empty-state').waitFor() },
  {
    name: '74-media-import',
    path: '/media',
    async ready(page, { language }) {
      await page.getByRole('button', { name: language === 'ja' ? 'CSVから登録' : 'Register from CSV' }).click();
      await page.locator('#media-file').setInputFiles({ name: 'media.csv', mimeType: 'text/csv', buffer: Buffer.from('segment,name\nNOWHERE,x\n') });
      await page.getByRole('dialog').getByRole('button', { name: language === 'ja' ? '登録する' : 'Register', exact: true }).click();
      await page.getByRole('dialog').locator('tbody tr').first().waitFor();
    },
  },
  {
    name: '75-event-stick',
    path: '/events/t-7f3a01/4150',
    ready: async (page) => {
      await page.getByRole('button', { name: /この媒体を登録|Register this medium/ }).waitFor();
      // Nothing is pasted into a stick.
      await page.getByRole('term').filter({ hasText: /^(媒体|Medium)$/ }).waitFor();
    },
  },
  { name: '80-permits', path: '/permits', ready: rows },
  { name: '81-permit', path: '/permits/b1b20000-0000-4000-8000-000000000001', ready: (page) => page.locator('.pf-v6-c-drawer__panel tbody tr').first().waitFor() },
  { name: '82-permit-refused-auditor', path: '/permits/b1b20000-0000-4000-8000-000000000002', role: 'auditor', ready: detail },
  { name: '83-permit-grant', path: '/permits?grant=a1b20000-0000-4000-8000-000000000001', ready: (page) => page.locator('#permit-reason').waitFor() },
  { name: '85-shadow-copies', path: '/shadow-copies', ready: rows },
  { name: '86-shadow-copy-approve', path: `/shadow-copies/${'1'.padStart(32, 'c')}`, ready: (page) => page.getByLabel(/承認するコマンド|Command that approves/).waitFor() },
  { name: '87-shadow-copy-read', path: `/shadow-copies/${'2'.padStart(32, 'c')}`, ready: (page) => page.getByLabel(/開封するコマンド|Command that opens/).waitFor() },
  { name: '88-shadow-copy-failed', path: `/shadow-copies/${'4'.padStart(32, 'c')}`, ready: detail },
  { name: '89-shadow-copies-empty', path: '/shadow-copies', scenario: 'empty', ready: (page) => page.locator('.pf-v6-c-empty-state').waitFor() },
  { name: '33-incident-rules', path: '/incident-rules', ready: rows },
  { name: '34-incident-rules-auditor', path: '/incident-rules', role: 'auditor', ready: rows },
  {
    name: '35-incident-rule',
    path: '/incident-rules',
    async ready(page) {
      await page.getByRole('button', { name: '遮断された持ち出し操作', exact: true }).click();
      await page.locator('#rule-threshold').waitFor();
    },
  },
  { name: '90-notifications', path: '/notifications', ready: rows },
  { name: '91-notifications-auditor', path: '/notifications', role: 'auditor', ready: rows },
  {
    name: '95-notification-edit',
    path: '/notifications',
    async ready(page) {
      await rows(page);
      await page.getByRole('button', { name: /を変更$|^Change / }).last().click();
      await page.locator('#subscription-name').waitFor();
    },
  },
  { name: '92-notifications-empty', path: '/notifications', scenario: 'empty', ready: (page) => page.locator('.pf-v6-c-empty-state').waitFor() },
  {
    name: '93-mail-server',
    path: '/notifications',
    async ready(page) {
      await page.getByRole('button', { name: /メールサーバーを設定|Set the mail server/ }).click();
      await page.locator('#mail-host').waitFor();
    },
  },
  { name: '54-account', path: '/account', ready: rows },
  { name: '55-device', path: '/device?code=BCDF-GHJK', ready: (page) => page.locator('.sk-code').waitFor() },
  { name: '56-device-code', path: '/device', ready: (page) => page.locator('#code').waitFor() },
  { name: '60-not-found', path: '/nowhere', ready: heading },
];
