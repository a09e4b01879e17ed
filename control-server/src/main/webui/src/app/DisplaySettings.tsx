import { Divider, MenuToggle, Select, SelectGroup, SelectList, SelectOption } from '@patternfly/react-core';
import { CogIcon } from '@patternfly/react-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, type Language } from '../i18n';
import { chooseTheme, storedTheme, type Theme } from './theme';

const THEMES: readonly [Theme, 'app.themeSystem' | 'app.themeLight' | 'app.themeDark'][] = [
  ['system', 'app.themeSystem'],
  ['light', 'app.themeLight'],
  ['dark', 'app.themeDark'],
];
const LANGUAGES: readonly Language[] = ['ja', 'en'];

/** Light or dark, Japanese or English; remembered in this browser. */
export function DisplaySettings() {
  const { t, i18n } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [theme, setTheme] = useState(storedTheme);

  const choose = (value: unknown) => {
    if (value === 'ja' || value === 'en') {
      chooseLanguage(value);
    } else if (value === 'system' || value === 'light' || value === 'dark') {
      setTheme(value);
      chooseTheme(value);
    }
    setOpen(false);
  };

  return (
    <Select
      isOpen={isOpen}
      onOpenChange={setOpen}
      onSelect={(_event, value) => choose(value)}
      popperProps={{ position: 'right' }}
      toggle={(ref) => (
        <MenuToggle
          ref={ref}
          variant="plain"
          onClick={() => setOpen(!isOpen)}
          isExpanded={isOpen}
          aria-label={t('app.settings')}
          icon={<CogIcon />}
        />
      )}
    >
      <SelectGroup label={t('app.theme')}>
        <SelectList aria-label={t('app.theme')}>
          {THEMES.map(([value, key]) => (
            <SelectOption key={value} value={value} isSelected={theme === value}>
              {t(key)}
            </SelectOption>
          ))}
        </SelectList>
      </SelectGroup>
      <Divider />
      <SelectGroup label={t('app.language')}>
        <SelectList aria-label={t('app.language')}>
          {LANGUAGES.map((language) => (
            <SelectOption key={language} value={language} isSelected={i18n.language === language} lang={language}>
              {t(`common.${language}`)}
            </SelectOption>
          ))}
        </SelectList>
      </SelectGroup>
    </Select>
  );
}
