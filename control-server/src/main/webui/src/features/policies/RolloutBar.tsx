import { Progress, ProgressMeasureLocation, ProgressVariant } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import type { PolicyRevision } from '../../api/model';

/** On how many of its terminals a revision is enforced. */
export function RolloutBar({ counts }: { counts: NonNullable<PolicyRevision['rollout']> }) {
  const { t } = useTranslation();
  const { intended, enforced, refused } = counts;
  if (intended === 0) {
    return <p className="sk-subtle">{t('policies.noTerminals')}</p>;
  }
  const open = Math.max(0, intended - enforced - refused);
  return (
    <div>
      <Progress
        value={enforced}
        max={intended}
        title={t('policies.enforcedOf', { enforced, total: intended })}
        measureLocation={ProgressMeasureLocation.none}
        variant={
          refused > 0 ? ProgressVariant.danger : enforced === intended ? ProgressVariant.success : undefined
        }
        aria-label={t('policies.rollout')}
      />
      <div className="sk-subtle">
        {[
          refused > 0 ? t('policies.refused', { count: refused }) : undefined,
          open > 0 ? t('policies.lagging', { count: open }) : undefined,
        ]
          .filter((part) => part !== undefined)
          .join(' · ')}
      </div>
    </div>
  );
}
