import { Button, Flex, Label } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { client, read } from '../../../api/client';
import type { PolicyRevision } from '../../../api/model';
import { useMay } from '../../../app/session';
import { Facts } from '../../../ui/Facts';
import { ReasonModal } from '../../../ui/ReasonModal';
import { When } from '../../../ui/When';
import { pathOfSegment } from '../segment';
import { PilotSummary } from './PilotSummary';

type Stage = NonNullable<PolicyRevision['stage']>;
type Step = Stage['state'] | 'BACK';

const STEPS: Record<Stage['state'], readonly Step[]> = {
  PILOT: ['ALL', 'STOPPED', 'BACK'],
  STOPPED: ['PILOT', 'ALL', 'BACK'],
  ALL: [],
};

interface StagePanelProps {
  policy: PolicyRevision;
  stage: Stage;
  /** The revision that all but the pilot's terminals run; undefined: none. */
  base: number | undefined;
}

/** A roll-out in stages: who has it first, and where it may go from here. */
export function StagePanel({ policy, stage, base }: StagePanelProps) {
  const { t } = useTranslation();
  const mayPublish = useMay('publish');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [step, setStep] = useState<Step>();
  const { segment, revision } = policy;
  const take = useMutation({
    mutationFn: ({ to, reason }: { to: Step; reason: string }) =>
      to === 'BACK'
        ? read<PolicyRevision>(
            client.POST('/api/v1/policies/{segment}/{revision}/restoration', {
              params: { path: { segment, revision: base ?? 0 } },
              body: { reason },
            }),
          )
        : read<PolicyRevision>(
            client.POST('/api/v1/policies/{segment}/{revision}/stage', {
              params: { path: { segment, revision } },
              body: { state: to, reason },
            }),
          ),
    onSuccess: async (answer) => {
      await queries.invalidateQueries({ queryKey: ['policies'] });
      setStep(undefined);
      if (answer.revision !== revision) {
        void navigate(`/policies/${pathOfSegment(segment)}/${answer.revision}?published`);
      }
    },
  });
  const steps = STEPS[stage.state].filter((one) => one !== 'BACK' || base !== undefined);
  return (
    <div className="sk-stack">
      <div>
        <Label color={stage.state === 'ALL' ? 'green' : stage.state === 'PILOT' ? 'blue' : 'orange'}>
          {t(`staging.state.${stage.state}`)}
        </Label>
      </div>
      <Facts
        facts={[
          [t('staging.group'), <PilotSummary key="group" pilot={stage.pilot} />],
          [t('staging.changedBy'), stage.changedBy],
          [t('staging.changedAt'), <When key="at" at={stage.changedAt} />],
          [t('policies.reason'), stage.reason],
        ]}
      />
      {mayPublish && policy.current && steps.length > 0 && (
        <Flex gap={{ default: 'gapSm' }}>
          {steps.map((one, index) => (
            <Button key={one} variant={index === 0 ? 'primary' : 'secondary'} onClick={() => setStep(one)}>
              {t(`staging.step.${one}`, { revision: base })}
            </Button>
          ))}
        </Flex>
      )}
      {step !== undefined && (
        <ReasonModal
          title={t(`staging.ask.${step}`, { revision: base })}
          body={<p>{t(`staging.explain.${step}`, { revision: base })}</p>}
          reasonLabel={t('policies.reason')}
          reasonHelp={t('staging.reasonHelp')}
          confirm={t(`staging.step.${step}`, { revision: base })}
          isBusy={take.isPending}
          error={take.error}
          onConfirm={(reason) => take.mutate({ to: step, reason })}
          onClose={() => {
            setStep(undefined);
            take.reset();
          }}
        />
      )}
    </div>
  );
}
