import { useTranslation } from 'react-i18next';
import type { PolicyRevision } from '../../api/model';

/** On how many of its terminals a revision is enforced, under way, refused, or not yet received. */
export function RolloutBar({ counts }: { counts: PolicyRevision['rollout'] }) {
  const { t } = useTranslation();
  const { intended, received, verified, enforced, refused } = counts;
  if (intended === 0) {
    return <p className="sk-subtle">{t('policies.noTerminals')}</p>;
  }
  const underWay = received + verified;
  const open = Math.max(0, intended - enforced - refused);
  const inWords = [
    t('policies.enforcedOf', { enforced, total: intended }),
    refused > 0 ? t('policies.refused', { count: refused }) : undefined,
    open > 0 ? t('policies.lagging', { count: open }) : undefined,
  ].filter((part) => part !== undefined);
  return (
    <div>
      <div>{inWords.join(' · ')}</div>
      <div className="sk-bar" aria-hidden>
        <span className="sk-bar-enforced" style={{ flexGrow: enforced }} />
        <span className="sk-bar-refused" style={{ flexGrow: refused }} />
        <span className="sk-bar-under-way" style={{ flexGrow: underWay }} />
        <span style={{ flexGrow: Math.max(0, open - underWay) }} />
      </div>
    </div>
  );
}
