import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Bilingual } from '../api/model';

type Family =
  | 'role'
  | 'segment'
  | 'channel'
  | 'verdict'
  | 'severity'
  | 'progress'
  | 'mode'
  | 'label'
  | 'grade'
  | 'kind'
  | 'incidentState'
  | 'shown'
  | 'incidentFinding'
  | 'likeness'
  | 'relation'
  | 'reason'
  | 'deskAct'
  | 'alarmKind'
  | 'reportKind'
  | 'reportStage'
  | 'reportHelp'
  | 'reportState'
  | 'lossCause'
  | 'command'
  | 'commandState'
  | 'commandHelp'
  | 'direction'
  | 'finding'
  | 'incidentKind'
  | 'notificationTransport'
  | 'notificationTopic'
  | 'mailSecurity'
  | 'mediumState'
  | 'mediumWarning'
  | 'mediaClass'
  | 'fileAct'
  | 'permitState'
  | 'permitDelivery'
  | 'permitDirection'
  | 'shadowCopyState'
  | 'openingState';

/** The word for a name from the wire; the name itself where this console knows no word yet. */
export function useWord(): (family: Family, name: string) => string {
  const { t, i18n } = useTranslation();
  return useCallback(
    (family, name) => {
      const key = `${family}.${name}`;
      return i18n.exists(key) ? (t as (key: string) => string)(key) : name;
    },
    [t, i18n],
  );
}

/** A text that the server has in both languages. */
export function useBilingual(): (text: Bilingual) => string {
  const { i18n } = useTranslation();
  return useCallback((text) => (i18n.language === 'ja' ? text.ja : text.en || text.ja), [i18n.language]);
}
