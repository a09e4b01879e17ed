import { cleanup } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

// jsdom has none of these; PatternFly, the theme and long tables ask for them.
window.matchMedia = vi.fn().mockImplementation((query: string) => ({
  matches: false,
  media: query,
  addEventListener: vi.fn(),
  removeEventListener: vi.fn(),
}));
window.ResizeObserver = class {
  observe() {
    /* nothing is ever laid out here */
  }
  unobserve() {
    /* as above */
  }
  disconnect() {
    /* as above */
  }
};

vi.stubGlobal(
  'IntersectionObserver',
  class {
    observe() {
      /* nothing ever scrolls here */
    }
    disconnect() {
      /* as above */
    }
  },
);

afterEach(() => {
  cleanup();
  localStorage.clear();
});
