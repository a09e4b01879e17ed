import { Button, Flex, Title } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { client, read } from '../../api/client';
import { REPORT_STAGES, type Incident } from '../../api/model';
import { Facts } from '../../ui/Facts';
import { OverdueLabel } from '../../ui/labels';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { When } from '../../ui/When';
import { useWord } from '../../ui/words';
import { wordOf } from './draft/stage';
import { ReportClockDialog, type ClockChange } from './ReportClockDialog';

/** Until when the guideline wants its reports, and which were handed in. */
export function ReportClock({ incident, mayChange }: { incident: Incident; mayChange: boolean }) {
  const { t } = useTranslation();
  const word = useWord();
  const [isEditing, setEditing] = useState(false);
  const change = useClockChange(incident);
  const { clock } = incident;
  const close = () => {
    setEditing(false);
    change.reset();
  };
  return (
    <section className="sk-stack">
      <Title headingLevel="h3">{t('incidents.clock')}</Title>
      <p className="sk-subtle">{t('incidents.clockHelp')}</p>
      {change.isError && !isEditing && <ProblemAlert error={change.error} />}
      {clock == null ? (
        <p>{t('incidents.clockNone')}</p>
      ) : (
        <Facts
          facts={[
            [t('incidents.clockKnown'), <When key="known" at={clock.knownAt} />],
            [t('incidents.clockPeople'), clock.people],
            [t('incidents.clockWrongfulShort'), clock.wrongful ? t('incidents.clockYes') : null],
            [t('incidents.clockPreliminary'), <Due key="p" due={clock.preliminaryDue} at={clock.preliminaryAt} />],
            [t('incidents.clockFinal'), <Due key="f" due={clock.finalDue} at={clock.finalAt} />],
          ]}
        />
      )}
      {clock != null && (
        <Flex gap={{ default: 'gapMd' }}>
          {REPORT_STAGES.map((stage) => (
            <Link key={stage} to={`/incidents/${incident.id}/report/${wordOf(stage)}`}>
              {t('reportDraft.open', { stage: word('reportStage', stage) })}
            </Link>
          ))}
        </Flex>
      )}
      {mayChange && (
        <Flex gap={{ default: 'gapSm' }}>
          <Button variant="secondary" onClick={() => setEditing(true)}>
            {t(clock == null ? 'incidents.clockStart' : 'incidents.clockChange')}
          </Button>
          {clock != null && (
            <Button
              variant="link"
              isDisabled={change.isPending}
              onClick={() => change.mutate({ wrongful: false })}
            >
              {t('incidents.clockStop')}
            </Button>
          )}
        </Flex>
      )}
      {isEditing && (
        <ReportClockDialog
          before={clock}
          isBusy={change.isPending}
          error={change.error}
          onSave={(next) => change.mutate(next, { onSuccess: close })}
          onClose={close}
        />
      )}
    </section>
  );
}

function Due({ due, at }: { due: string; at: string | null | undefined }) {
  const { t } = useTranslation();
  // As of the opening: rendering stays pure, and a deadline is days away.
  const [now] = useState(() => Date.now());
  if (at != null) {
    return (
      <>
        <When at={at} /> {t('incidents.clockHandedIn')}
      </>
    );
  }
  return (
    <span className="sk-tags">
      <span>
        <When at={due} /> {t('incidents.clockDue')}
      </span>
      {Date.parse(due) < now && <OverdueLabel />}
    </span>
  );
}

function useClockChange(incident: Incident) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: ClockChange) =>
      read<Incident>(
        client.PUT('/api/v1/incidents/{id}/report-clock', {
          params: { path: { id: incident.id } },
          body: { ...change, version: incident.version },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['incidents'] }),
  });
}
