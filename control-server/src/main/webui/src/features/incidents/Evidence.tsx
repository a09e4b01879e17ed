import { useTranslation } from 'react-i18next';

/** Where the evidence pack comes from; the browser saves it. */
export function Evidence({ id }: { id: number }) {
  const { t, i18n } = useTranslation();
  return (
    <p>
      <a href={`/api/v1/incidents/${id}/evidence?language=${i18n.language === 'ja' ? 'ja' : 'en'}`} download>
        {t('incidents.evidence')}
      </a>
      <br />
      <span className="sk-subtle">{t('incidents.evidenceHelp')}</span>
    </p>
  );
}
