import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderAt } from '../../test/render';
import { Masked } from './Masked';

const routes = [{ path: '/', element: <Masked text="xclip: my_number ×2, pension_number; my_numbers" /> }];

it('names what was found in the reader’s language, and leaves all other text as it is', async () => {
  await renderAt('/', routes);
  expect(screen.getByText('xclip: 個人番号 ×2, 基礎年金番号; my_numbers')).toBeInTheDocument();
});

it('names it in English too', async () => {
  await renderAt('/', routes, 'en');
  expect(screen.getByText('xclip: My Number ×2, Basic pension number; my_numbers')).toBeInTheDocument();
});
