import '@patternfly/react-core/dist/styles/base.css';
import './app/console.css';
import './features/policies/policies.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { createQueryClient } from './app/queryClient';
import { createRouter } from './app/router';
import { applyTheme, storedTheme } from './app/theme';
import './i18n';

applyTheme(storedTheme());

const root = document.getElementById('root');
if (root === null) {
  throw new Error('index.html has no element `root`');
}
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={createQueryClient()}>
      <RouterProvider router={createRouter()} />
    </QueryClientProvider>
  </StrictMode>,
);
