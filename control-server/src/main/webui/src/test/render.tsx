import { QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import { createMemoryRouter, RouterProvider, type RouteObject } from 'react-router';
import { createQueryClient } from '../app/queryClient';
import { i18next, type Language } from '../i18n';

/** Renders routes at an address, in a language. */
export async function renderAt(address: string, routes: RouteObject[], language: Language = 'ja') {
  await i18next.changeLanguage(language);
  const router = createMemoryRouter(routes, { initialEntries: [address] });
  return {
    router,
    ...render(
      <QueryClientProvider client={createQueryClient()}>
        <RouterProvider router={router} />
      </QueryClientProvider>,
    ),
  };
}
