import { useTranslation } from 'react-i18next';
import type { Pilot } from '../../../api/model';
import { useHosts } from '../../../ui/useHosts';

/** Whom a revision goes to first, in words. */
export function PilotSummary({ pilot }: { pilot: Pilot | null | undefined }) {
  const { t, i18n } = useTranslation();
  const hostOf = useHosts();
  return pilot === null || pilot === undefined ? (
    <>{t('staging.everybody')}</>
  ) : (
    <>{new Intl.ListFormat(i18n.language).format([...pilot.units.map((unit) => t('staging.unit', { unit })), ...pilot.terminals.map(hostOf)])}</>
  );
}
