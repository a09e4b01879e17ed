import { Button, Title } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Incident } from '../../api/model';
import { similarQuery } from '../../api/queries';
import { IncidentStateLabel } from '../../ui/labels';
import { Loading } from '../../ui/Loading';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { When } from '../../ui/When';
import { useBilingual, useWord } from '../../ui/words';
import { useLinks } from './useLinks';

/** What shares a number's fingerprint, a device or a person with it. */
export function Similar({ incident, mayChange }: { incident: Incident; mayChange: boolean }) {
  const { t } = useTranslation();
  const text = useBilingual();
  const word = useWord();
  const similar = useQuery(similarQuery(incident.id));
  const change = useLinks(incident.id);
  const linked = new Set((incident.links ?? []).map((link) => link.id));
  const items = similar.data?.items ?? [];
  return (
    <section className="sk-stack">
      <Title headingLevel="h3">{t('incidents.similar')}</Title>
      <p className="sk-subtle">{t('incidents.similarHelp')}</p>
      {similar.isPending && <Loading />}
      {similar.isError && <ProblemAlert error={similar.error} onRetry={() => void similar.refetch()} />}
      {change.isError && <ProblemAlert error={change.error} />}
      {similar.data !== undefined && items.length === 0 && <p className="sk-subtle">{t('incidents.noSimilar')}</p>}
      {items.length > 0 && (
        <Table aria-label={t('incidents.similar')} variant="compact">
          <Thead>
            <Tr>
              <Th>{t('incidents.what')}</Th>
              <Th>{t('incidents.similarWhy')}</Th>
              <Th>{t('incidents.state')}</Th>
              <Th>{t('incidents.last')}</Th>
              {mayChange && <Th screenReaderText={t('incidents.link')} />}
            </Tr>
          </Thead>
          <Tbody>
            {items.map((one) => (
              <Tr key={one.incident.id}>
                <Td dataLabel={t('incidents.what')}>
                  <Link to={`/incidents/${one.incident.id}`}>
                    {one.incident.id} {text(one.incident.title)}
                  </Link>
                  <div className="sk-subtle">
                    {one.incident.host ?? one.incident.terminal}
                    {one.incident.user != null && ` · ${one.incident.user}`}
                  </div>
                </Td>
                <Td dataLabel={t('incidents.similarWhy')}>
                  {one.why.map((why) => (
                    <div key={why}>
                      {word('likeness', why)}
                      {why === 'NUMBER' && ` (${t('incidents.similarNumbers', { count: one.numbers })})`}
                    </div>
                  ))}
                </Td>
                <Td dataLabel={t('incidents.state')}>
                  <IncidentStateLabel state={one.incident.state} />
                </Td>
                <Td dataLabel={t('incidents.last')}>
                  <When at={one.incident.lastAt} relative />
                </Td>
                {mayChange && (
                  <Td>
                    {!linked.has(one.incident.id) && (
                      <Button
                        variant="link"
                        isInline
                        isDisabled={change.isPending}
                        aria-label={t('incidents.linkOf', { title: text(one.incident.title), id: one.incident.id })}
                        onClick={() => change.mutate({ other: one.incident.id, isLinked: true })}
                      >
                        {t('incidents.link')}
                      </Button>
                    )}
                  </Td>
                )}
              </Tr>
            ))}
          </Tbody>
        </Table>
      )}
    </section>
  );
}
