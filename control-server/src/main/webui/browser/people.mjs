// Who is at the console of a real, freshly started server.
import { addAuthenticator } from './browser.mjs';

/** Somebody at a desk of their own, with an authenticator; speaks Japanese. */
export async function sitDown(browser) {
  const window = await browser.openWindow({ language: 'ja', theme: 'light' });
  await addAuthenticator(window.page);
  return window;
}

/** Goes through the set-up link, to the overview. */
export async function becomeAdministrator(page, link) {
  await page.goto(link.href);
  await page.locator('#name').fill('情報システム課 山田花子');
  await page.locator('#passkey-name').fill('机のパソコン');
  await page.getByRole('button', { name: 'パスキーを作り、管理者として登録' }).click();
  await page.getByRole('heading', { level: 1, name: '概況' }).waitFor();
}
