export type Theme = 'system' | 'light' | 'dark';

const STORED = 'sekisho.theme';
const system = window.matchMedia('(prefers-color-scheme: dark)');

export function storedTheme(): Theme {
  const stored = localStorage.getItem(STORED);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

export function isDark(): boolean {
  return document.documentElement.classList.contains('pf-v6-theme-dark');
}

export function applyTheme(theme: Theme): void {
  const dark = theme === 'dark' || (theme === 'system' && system.matches);
  document.documentElement.classList.toggle('pf-v6-theme-dark', dark);
}

export function chooseTheme(theme: Theme): void {
  localStorage.setItem(STORED, theme);
  applyTheme(theme);
}

system.addEventListener('change', () => applyTheme(storedTheme()));
