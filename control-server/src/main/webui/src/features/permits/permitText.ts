import { useTranslation } from 'react-i18next';
import type { Permit } from '../../api/model';
import { useWord } from '../../ui/words';
import { deviceText } from '../media/device';

/** What a permit is for: the way out, and the device on it. */
export function useWhat(): (permit: Permit) => string {
  const word = useWord();
  return (permit) => {
    const device = permit.mediumName ?? (permit.device == null ? null : deviceText(permit.device));
    return [word('channel', permit.channel), device].filter(Boolean).join(' · ');
  };
}

/** How often it was used, of how often it may be. */
export function useUses(): (permit: Permit) => string {
  const { t } = useTranslation();
  return ({ used, uses }) => (uses === 0 ? t('permits.usedOfAny', { used }) : t('permits.usedOf', { used, uses }));
}
