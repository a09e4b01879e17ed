import { Button } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../api/client';
import type { ExportDestination } from '../../api/model';
import { exportsQuery } from '../../api/queries';
import { useMay } from '../../app/session';
import { Loading } from '../../ui/Loading';
import { Nothing } from '../../ui/Nothing';
import { PageFrame } from '../../ui/PageFrame';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { SendingActs, SendingState } from '../../ui/Sending';
import { useRemoval } from '../../ui/useRemoval';
import { AddDestination } from './AddDestination';

/** The server counts no further. */
const MOST_COUNTED = 10_000;

/** Where events are sent to, and how that goes. */
export function ExportsPage() {
  const { t } = useTranslation();
  const mayExport = useMay('export');
  const [isAdding, setAdding] = useState(false);
  const found = useQuery(exportsQuery);
  const items = found.data?.items ?? [];
  const add = mayExport && <Button onClick={() => setAdding(true)}>{t('exports.add')}</Button>;
  return (
    <PageFrame title={t('exports.title')} lead={t('exports.lead')} actions={items.length > 0 ? add : undefined}>
      {found.isError && <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <Loading />}
      {found.data !== undefined &&
        (items.length > 0 ? (
          <Destinations items={items} mayChange={mayExport} />
        ) : (
          <Nothing filtered={false} title={t('exports.emptyTitle')} body={t('exports.emptyBody')} action={add} />
        ))}
      {isAdding && <AddDestination onClose={() => setAdding(false)} />}
    </PageFrame>
  );
}

function Destinations({ items, mayChange }: { items: readonly ExportDestination[]; mayChange: boolean }) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const number = new Intl.NumberFormat(i18n.language);
  const refresh = () => queries.invalidateQueries({ queryKey: exportsQuery.queryKey });
  const change = useMutation({
    mutationFn: ({ id, enabled, version }: ExportDestination) =>
      client.PATCH('/api/v1/export-destinations/{id}', { params: { path: { id } }, body: { enabled: !enabled, version } }),
    onSettled: refresh,
  });
  const removal = useRemoval<ExportDestination>({
    remove: ({ id }) => client.DELETE('/api/v1/export-destinations/{id}', { params: { path: { id } } }),
    stale: exportsQuery.queryKey,
    texts: ({ name }) => ({ title: t('exports.removeOf', { name }), body: t('exports.removeBody'), confirm: t('sending.remove') }),
  });
  return (
    <>
      {change.isError && <ProblemAlert error={change.error} />}
      <Table aria-label={t('exports.title')} variant="compact">
        <Thead>
          <Tr>
            <Th>{t('exports.name')}</Th>
            <Th>{t('exports.format')}</Th>
            <Th>{t('exports.address')}</Th>
            <Th>{t('exports.state')}</Th>
            <Th>{t('exports.delivered')}</Th>
            <Th>{t('exports.waiting')}</Th>
            {mayChange && <Th screenReaderText={t('exports.actions')} />}
          </Tr>
        </Thead>
        <Tbody>
          {items.map((one) => (
            <Tr key={one.id}>
              <Td dataLabel={t('exports.name')}>{one.name}</Td>
              <Td dataLabel={t('exports.format')}>{`${t(`exports.${one.transport}`)} / ${t(`exports.${one.format}`)}`}</Td>
              <Td dataLabel={t('exports.address')} className="sk-summary-text">
                {one.address}
              </Td>
              <Td dataLabel={t('exports.state')}>
                <SendingState sending={one} />
              </Td>
              <Td dataLabel={t('exports.delivered')} className="sk-number">
                {number.format(one.delivered)}
              </Td>
              <Td dataLabel={t('exports.waiting')} className="sk-number">
                {one.waiting >= MOST_COUNTED
                  ? t('exports.atLeast', { count: MOST_COUNTED })
                  : number.format(one.waiting)}
              </Td>
              {mayChange && (
                <Td isActionCell>
                  <SendingActs
                    isEnabled={one.enabled}
                    labels={{
                      switch: t(one.enabled ? 'exports.pauseOf' : 'exports.resumeOf', { name: one.name }),
                      remove: t('exports.removeOf', { name: one.name }),
                    }}
                    onSwitch={() => change.mutate(one)}
                    onRemove={() => removal.ask(one)}
                  />
                </Td>
              )}
            </Tr>
          ))}
        </Tbody>
      </Table>
      {removal.dialog}
    </>
  );
}
