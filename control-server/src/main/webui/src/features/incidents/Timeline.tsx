import { FormSelect, FormSelectOption, Title } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Incident, TimelineEntry } from '../../api/model';
import { timelineQuery } from '../../api/queries';
import { VerdictLabel } from '../../ui/labels';
import { Loading } from '../../ui/Loading';
import { Notice } from '../../ui/Notice';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useHosts } from '../../ui/useHosts';
import { When } from '../../ui/When';
import { useWord } from '../../ui/words';
import { FoundLabels } from '../events/FoundLabels';

const SPANS = [10, 30, 120, 1440] as const;

/** What the person and the terminal did before and after, and what the desk did about it. */
export function Timeline({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const [minutes, setMinutes] = useState(30);
  const timeline = useQuery(timelineQuery(incident.id, minutes));
  return (
    <section className="sk-stack">
      <Title headingLevel="h3">{t('incidents.timeline')}</Title>
      <p className="sk-subtle">{t('incidents.timelineHelp', { minutes })}</p>
      <label className="sk-filter" htmlFor="timeline-span">
        <span>{t('incidents.timelineSpan')}</span>
        <FormSelect id="timeline-span" value={minutes} onChange={(_event, chosen) => setMinutes(Number(chosen))}>
          {SPANS.map((span) => (
            <FormSelectOption key={span} value={span} label={t('incidents.timelineMinutes', { minutes: span })} />
          ))}
        </FormSelect>
      </label>
      {timeline.isError && <ProblemAlert error={timeline.error} onRetry={() => void timeline.refetch()} />}
      {timeline.isPending && <Loading />}
      {timeline.data?.truncated === true && (
        <Notice isPlain variant="info" title={t('incidents.timelineTruncated')} />
      )}
      {timeline.data !== undefined && timeline.data.items.length === 0 && (
        <p className="sk-subtle">{t('incidents.noEvents')}</p>
      )}
      {timeline.data !== undefined && timeline.data.items.length > 0 && <Entries entries={timeline.data.items} />}
    </section>
  );
}

function Entries({ entries }: { entries: readonly TimelineEntry[] }) {
  const { t } = useTranslation();
  const word = useWord();
  const hostOf = useHosts(entries.flatMap((entry) => entry.terminal ?? []));
  return (
    <Table aria-label={t('incidents.timeline')} variant="compact">
      <Thead>
        <Tr>
          <Th>{t('incidents.timelineWhen')}</Th>
          <Th>{t('incidents.timelineWho')}</Th>
          <Th>{t('incidents.timelineWhat')}</Th>
          <Th>{t('incidents.timelineWhy')}</Th>
        </Tr>
      </Thead>
      <Tbody>
        {entries.map((entry) => (
          <Tr key={`${entry.relation}/${entry.terminal ?? entry.by ?? ''}/${entry.seq ?? entry.at}/${entry.kind}`}>
            <Td dataLabel={t('incidents.timelineWhen')}>
              <When at={entry.at} />
            </Td>
            <Td dataLabel={t('incidents.timelineWho')}>
              {entry.relation === 'INCIDENT' ? (
                <strong>{word('relation', entry.relation)}</strong>
              ) : (
                word('relation', entry.relation)
              )}
              {entry.terminal != null && <div className="sk-subtle">{hostOf(entry.terminal)}</div>}
            </Td>
            <Td dataLabel={t('incidents.timelineWhat')} className="sk-summary-text">
              <What entry={entry} />
            </Td>
            <Td dataLabel={t('incidents.timelineWhy')}>
              <Why entry={entry} />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function What({ entry }: { entry: TimelineEntry }) {
  const word = useWord();
  if (entry.relation === 'DESK') {
    return (
      <>
        {word('deskAct', entry.kind)} · {entry.by}
      </>
    );
  }
  const kind = entry.channel == null ? word('kind', entry.kind) : word('channel', entry.channel);
  return (
    <>
      {entry.terminal != null && entry.seq != null && entry.relation === 'INCIDENT' ? (
        <Link to={`/events/${encodeURIComponent(entry.terminal)}/${entry.seq}`}>{kind}</Link>
      ) : (
        kind
      )}
      {entry.what != null && entry.what !== '' && <div>{entry.what}</div>}
      {entry.labels.length > 0 && <FoundLabels labels={entry.labels} />}
    </>
  );
}

function Why({ entry }: { entry: TimelineEntry }) {
  const { t } = useTranslation();
  const word = useWord();
  if (entry.verdict == null) {
    return null;
  }
  return (
    <>
      <VerdictLabel verdict={entry.verdict} />
      {entry.reason != null && <div>{word('reason', entry.reason)}</div>}
      {entry.rule != null && (
        <div className="sk-subtle">
          {t('incidents.rule')}: {entry.rule}
        </div>
      )}
      {entry.relation === 'INCIDENT' && (
        <div className="sk-subtle">
          {entry.permit == null ? (
            t('incidents.noPermit')
          ) : (
            <Link to={`/permits/${entry.permit.id}`}>{t('incidents.permit', { id: entry.permit.id })}</Link>
          )}
        </div>
      )}
    </>
  );
}
