import { Button, Title } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SekishoEvent } from '../../api/model';
import { permitEventsQuery } from '../../api/queries';
import { Loading } from '../../ui/Loading';
import { formatNumber } from '../../ui/numbers';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { When } from '../../ui/When';
import { useWord } from '../../ui/words';
import { FoundLabels } from '../events/FoundLabels';
import { Masked } from '../events/Masked';
import { VerdictState } from '../events/VerdictState';
import { fileOf } from './fileOf';

/** Everything that happened under a permit: each use, and each file. */
export function CarriedFiles({ id }: { id: string }) {
  const { t } = useTranslation();
  const events = useInfiniteQuery(permitEventsQuery(id));
  const items = events.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="sk-stack">
      <Title headingLevel="h3">{t('permits.carried')}</Title>
      {events.isError && <ProblemAlert error={events.error} onRetry={() => void events.refetch()} />}
      {events.isPending && <Loading />}
      {events.data !== undefined && items.length === 0 && <p className="sk-subtle">{t('permits.nothingCarried')}</p>}
      {items.length > 0 && <Carried events={items} />}
      {events.hasNextPage && (
        <div>
          <Button variant="secondary" isLoading={events.isFetchingNextPage} onClick={() => void events.fetchNextPage()}>
            {t('permits.more')}
          </Button>
        </div>
      )}
    </section>
  );
}

function Carried({ events }: { events: readonly SekishoEvent[] }) {
  const { t, i18n } = useTranslation();
  const word = useWord();
  return (
    <Table aria-label={t('permits.carried')} variant="compact">
      <Thead>
        <Tr>
          <Th>{t('permits.when')}</Th>
          <Th>{t('permits.act')}</Th>
          <Th>{t('permits.size')}</Th>
          <Th>{t('events.verdict')}</Th>
        </Tr>
      </Thead>
      <Tbody>
        {events.map((event) => {
          const file = fileOf(event);
          return (
            <Tr key={`${event.terminal}/${event.seq}`}>
              <Td dataLabel={t('permits.when')}>
                <When at={event.occurredAt} />
              </Td>
              <Td dataLabel={t('permits.act')} className="sk-summary-text">
                <Link to={`/events/${encodeURIComponent(event.terminal)}/${event.seq}`}>
                  {file === undefined ? word('kind', event.kind) : word('fileAct', file.act)}
                </Link>
                <div>{file === undefined ? <Masked text={event.masked} /> : file.name}</div>
                {file?.sha256 !== undefined && <div className="sk-mono sk-subtle">{file.sha256}</div>}
                {event.labels.length > 0 && <FoundLabels labels={event.labels} />}
              </Td>
              <Td dataLabel={t('permits.size')} className="sk-number">
                {file?.bytes === undefined ? null : t('permits.bytes', { size: formatNumber(file.bytes, i18n.language) })}
              </Td>
              <Td dataLabel={t('events.verdict')}>{event.kind === 'ATTEMPT' && <VerdictState event={event} />}</Td>
            </Tr>
          );
        })}
      </Tbody>
    </Table>
  );
}
