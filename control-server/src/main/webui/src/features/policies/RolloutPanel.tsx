import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Segment } from '../../api/model';
import { rolloutQuery, terminalsQuery } from '../../api/queries';
import { ProgressLabel } from '../../ui/labels';
import { Loading } from '../../ui/Loading';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { When } from '../../ui/When';
import { RolloutBar } from './RolloutBar';
import { sortOut } from './rollout';
import { Notice } from '../../ui/Notice';

/** Who enforces a revision, who lags, who refused and why; live. */
export function RolloutPanel({ segment, revision }: { segment: Segment; revision: number }) {
  const { t } = useTranslation();
  const query = useQuery(rolloutQuery(segment, revision));
  const terminals = useQuery(terminalsQuery({ segment }));
  if (query.isPending) {
    return <Loading />;
  }
  if (query.data === undefined) {
    return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  }
  const rollout = sortOut(query.data.items, terminals.data?.items ?? []);
  const total = query.data.items.length;
  const isSettled = total > 0 && rollout.lagging.length === 0;
  const inOrder = [...rollout.refused, ...rollout.lagging, ...rollout.away, ...rollout.enforced];
  return (
    <div className="sk-stack">
      <RolloutBar
        counts={{
          intended: total,
          received: query.data.items.filter((entry) => entry.progress === 'RECEIVED').length,
          verified: query.data.items.filter((entry) => entry.progress === 'VERIFIED').length,
          enforced: rollout.enforced.length,
          refused: rollout.refused.length,
        }}
      />
      {total > 0 && (
        <div role="status">
          <Notice
                        isPlain
            variant={!isSettled ? 'info' : rollout.refused.length > 0 ? 'warning' : 'success'}
            title={t(isSettled ? 'policies.settled' : 'policies.watch')}
          />
          {rollout.away.length > 0 && (
            <p className="sk-subtle">{t('policies.awayCount', { count: rollout.away.length })}</p>
          )}
        </div>
      )}
      {total > 0 && (
        <Table aria-label={t('policies.rolloutTable')} variant="compact" borders={false}>
          <Thead>
            <Tr>
              <Th>{t('policies.terminal')}</Th>
              <Th>{t('policies.progress')}</Th>
              <Th>{t('policies.at')}</Th>
            </Tr>
          </Thead>
          <Tbody>
            {inOrder.map((terminal) => (
              <Tr key={terminal.terminal}>
                <Td dataLabel={t('policies.terminal')}>
                  <Link to={`/terminals/${encodeURIComponent(terminal.terminal)}`}>{terminal.host}</Link>
                  {terminal.progress !== 'ENFORCED' && (
                    <div className="sk-subtle sk-summary-text">{terminal.detail}</div>
                  )}
                </Td>
                <Td dataLabel={t('policies.progress')}>
                  <ProgressLabel progress={terminal.progress} />
                </Td>
                <Td dataLabel={t('policies.at')}>
                  <When at={terminal.at} relative />
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      )}
    </div>
  );
}
