import { ExpandableSection, Flex, Title } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { eventQuery } from '../../api/queries';
import { Facts } from '../../ui/Facts';
import { SeverityLabel } from '../../ui/labels';
import { Loading } from '../../ui/Loading';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { When } from '../../ui/When';
import { useHosts } from '../../ui/useHosts';
import { useWord } from '../../ui/words';
import { EventActs } from '../permits/EventActs';
import { fileOf } from '../permits/fileOf';
import { ExplanationPanel } from './ExplanationPanel';
import { ChainMark } from './ChainMark';
import { FoundLabels } from './FoundLabels';
import { Masked } from './Masked';
import { VerdictState } from './VerdictState';

/** Everything about one event. The server gives masked text only; nothing here could unmask it. */
export function EventDetail({ terminal, seq }: { terminal: string; seq: number }) {
  const { t } = useTranslation();
  const word = useWord();
  const hostOf = useHosts([terminal]);
  const query = useQuery(eventQuery(terminal, seq));
  if (query.isPending) {
    return <Loading />;
  }
  if (query.data === undefined) {
    return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  }
  const event = query.data;
  const copy = fileOf(event)?.shadowCopy;
  const isAttempt = event.kind === 'ATTEMPT';
  return (
    <div className="sk-stack">
      <Title headingLevel="h2">
        {isAttempt && event.channel !== null && event.channel !== undefined
          ? `${word('kind', event.kind)}: ${word('channel', event.channel)}`
          : word('kind', event.kind)}
      </Title>
      <p className="sk-summary-text">
        <Masked text={event.masked} />
      </p>
      <Facts
        facts={[
          [t('events.verdict'), isAttempt ? <VerdictState key="verdict" event={event} /> : null],
          [
            t('events.severity'),
            event.severity === null || event.severity === undefined ? null : (
              <SeverityLabel key="severity" severity={event.severity} />
            ),
          ],
          [t('events.labels'), event.labels.length > 0 ? <FoundLabels key="labels" labels={event.labels} /> : null],
          [t('events.rule'), isAttempt ? (event.rule ?? t('events.defaultRule')) : event.rule],
          [t('events.revision'), event.revision],
          [t('events.source'), event.source],
          [t(event.channel === 'MEDIA' ? 'events.medium' : 'events.destination'), event.destination],
          [t('events.process'), event.process],
          [t('events.user'), event.user],
          [t('events.occurred'), <When key="occurred" at={event.occurredAt} />],
          [t('events.received'), <When key="received" at={event.receivedAt} />],
          [t('events.terminal'), hostOf(event.terminal)],
          [t('events.sequence'), event.seq],
          [t('eventSearch.chain'), <ChainMark key="chain" chain={event.chain} />],
        ]}
      />
      <Flex>
        {event.incident !== null && event.incident !== undefined && (
          <Link to={`/incidents/${event.incident}`}>{t('events.openIncident')}</Link>
        )}
        <Link to={`/terminals/${encodeURIComponent(event.terminal)}`}>{t('events.openTerminal')}</Link>
        {copy !== undefined && <Link to={`/shadow-copies/${encodeURIComponent(copy)}`}>{t('shadowCopies.openFromEvent')}</Link>}
      </Flex>
      {isAttempt && <EventActs event={event} />}
      {isAttempt && <ExplanationPanel terminal={event.terminal} seq={event.seq} />}
      {event.detail !== null && event.detail !== undefined && (
        <ExpandableSection toggleText={t('events.raw')}>
          <pre className="sk-raw" tabIndex={0} aria-label={t('events.raw')}>
            {JSON.stringify(event.detail, null, 2)}
          </pre>
        </ExpandableSection>
      )}
    </div>
  );
}
