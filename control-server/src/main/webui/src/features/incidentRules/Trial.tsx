import { Button, FormSelect, FormSelectOption, Title } from '@patternfly/react-core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, read } from '../../api/client';
import type { IncidentRule, IncidentRulesPreview } from '../../api/model';
import { Notice } from '../../ui/Notice';
import { formatNumber } from '../../ui/numbers';
import { ProblemAlert } from '../../ui/ProblemAlert';

export interface Preview {
  days: number;
  result: IncidentRulesPreview;
}

interface TrialProps {
  rules: readonly IncidentRule[];
  preview: Preview | undefined;
  onPreview: (preview: Preview) => void;
}

const DAYS = [1, 7, 30] as const;

/** How many incidents the rules would have opened for the attempts of the last days. */
export function Trial({ rules, preview, onPreview }: TrialProps) {
  const { t, i18n } = useTranslation();
  const [days, setDays] = useState(7);
  const trial = useMutation({
    mutationFn: () =>
      read<IncidentRulesPreview>(client.POST('/api/v1/incident-rules/preview', { body: { rules: [...rules], days } })),
    onSuccess: (result) => onPreview({ days, result }),
  });
  const number = (value: number) => formatNumber(value, i18n.language);
  return (
    <section className="sk-stack">
      <Title headingLevel="h2">{t('incidentRules.trial')}</Title>
      <p className="sk-subtle">{t('incidentRules.trialHelp')}</p>
      <div className="sk-tags">
        <label className="sk-filter" htmlFor="trial-days">
          <span>{t('incidentRules.span')}</span>
          <FormSelect id="trial-days" value={days} onChange={(_event, chosen) => setDays(Number(chosen))}>
            {DAYS.map((one) => (
              <FormSelectOption key={one} value={one} label={t('incidentRules.days', { days: one })} />
            ))}
          </FormSelect>
        </label>
        <Button variant="secondary" isLoading={trial.isPending} isDisabled={trial.isPending} onClick={() => trial.mutate()}>
          {t('incidentRules.try')}
        </Button>
      </div>
      {trial.isError && <ProblemAlert error={trial.error} />}
      {preview !== undefined && (
        <>
          <Notice
            variant="info"
            title={t('incidentRules.tried', {
              attempts: number(preview.result.attempts),
              now: number(preview.result.now),
              then: number(preview.result.then),
            })}
          />
          {!preview.result.complete && <p className="sk-subtle">{t('incidentRules.newestOnly')}</p>}
        </>
      )}
    </section>
  );
}
