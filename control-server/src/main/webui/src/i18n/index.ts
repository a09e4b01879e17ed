import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en';
import { ja } from './ja';

export type Language = 'ja' | 'en';
export type Texts = typeof ja;

const STORED = 'sekisho.language';

/** The person's choice, else Japanese for a Japanese browser, else English. */
export function initialLanguage(): Language {
  const stored = localStorage.getItem(STORED);
  if (stored === 'ja' || stored === 'en') {
    return stored;
  }
  return navigator.language.toLowerCase().startsWith('ja') ? 'ja' : 'en';
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(STORED, language);
  void i18next.changeLanguage(language);
}

i18next.on('languageChanged', (language) => {
  document.documentElement.lang = language;
});

await i18next.use(initReactI18next).init({
  lng: initialLanguage(),
  fallbackLng: false,
  resources: { ja: { translation: ja }, en: { translation: en } },
  // React escapes.
  interpolation: { escapeValue: false },
  returnNull: false,
});

export { i18next };
