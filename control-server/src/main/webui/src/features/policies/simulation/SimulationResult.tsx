import { Label, ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SimulationReport } from '../../../api/model';
import { Notice } from '../../../ui/Notice';
import { formatNumber } from '../../../ui/numbers';
import { When } from '../../../ui/When';
import { GroupTable } from './GroupTable';
import { tallies, type Grouping } from './tally';

const GROUPINGS = ['division', 'channel', 'rule'] as const satisfies readonly Grouping[];

/** What the draft would have stopped and let through; by whom, by which way out, by which rule. */
export function SimulationResult({ report, days }: { report: SimulationReport; days: number }) {
  const { t, i18n } = useTranslation();
  const [by, setBy] = useState<Grouping>('division');
  const number = (value: number) => formatNumber(value, i18n.language);
  const unused = report.rules.filter((rule) => rule.acts === 0 && !rule.disabled);
  return (
    <section className="sk-stack" aria-label={t('simulation.result')}>
      <p className="sk-verdict">
        {t('simulation.summary', {
          days,
          acts: number(report.acts),
          stopped: number(report.newlyStopped),
          allowed: number(report.newlyAllowed),
        })}
      </p>
      <p className="sk-subtle">
        <When at={report.from} /> – <When at={report.to} />
      </p>
      {report.acts === 0 && <Notice variant="info" isPlain title={t('simulation.nothingHappened')} />}
      {report.auditOnly && <Notice variant="warning" isPlain title={t('simulation.auditOnly')} />}
      {report.truncated && (
        <Notice variant="warning" isPlain title={t('simulation.truncated', { attempts: number(report.attempts) })} />
      )}
      {report.acts > 0 && report.groups.length === 0 && <p>{t('simulation.same')}</p>}
      {report.groups.length > 0 && (
        <>
          <ToggleGroup aria-label={t('simulation.groupBy')} isCompact>
            {GROUPINGS.map((grouping) => (
              <ToggleGroupItem
                key={grouping}
                buttonId={`simulation-by-${grouping}`}
                text={t(`simulation.by.${grouping}`)}
                isSelected={by === grouping}
                onChange={() => setBy(grouping)}
              />
            ))}
          </ToggleGroup>
          <GroupTable by={by} tallies={tallies(report, by)} />
        </>
      )}
      {report.otherActs > 0 && <p className="sk-subtle">{t('simulation.otherActs', { count: report.otherActs })}</p>}
      {report.acts > 0 && unused.length > 0 && (
        <div>
          <p>{t('simulation.unused', { count: unused.length, days })}</p>
          <div className="sk-tags">
            {unused.map((rule) => (
              <Label key={rule.rule} isCompact variant="outline">
                {rule.rule}
              </Label>
            ))}
          </div>
        </div>
      )}
    </section>
  );
}
