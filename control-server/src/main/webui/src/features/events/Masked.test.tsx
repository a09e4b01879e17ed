import { expect, it } from 'vitest';
import { renderAt } from '../../test/render';
import { Masked } from './Masked';

const routes = [{ path: '/', element: <Masked text="xclip: my_number ×2, pension_number; my_numbers" /> }];

it('names what was found in the reader’s language, and leaves all other text as it is', async () => {
  await renderAt('/', routes);
  expect(document.body.textContent).toBe('xclip: 個人番号 ×2, 基礎年金番号; my_numbers');
});

it('names it in English too', async () => {
  await renderAt('/', routes, 'en');
  expect(document.body.textContent).toBe('xclip: My Number ×2, Basic pension number; my_numbers');
});
