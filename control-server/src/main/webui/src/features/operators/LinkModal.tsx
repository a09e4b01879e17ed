import { useTranslation } from 'react-i18next';
import { SecretModal } from '../../ui/SecretModal';

/** A one-time link, shown this once. */
export function LinkModal({ title, link, onClose }: { title: string; link: string; onClose: () => void }) {
  const { t } = useTranslation();
  return <SecretModal title={title} warning={t('operators.linkShown')} label={t('operators.link')} secret={link} onClose={onClose} />;
}
