import { Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { INCIDENT_STATES, type IncidentState } from '../../api/model';
import { incidentsQuery } from '../../api/queries';
import { FilterSelect } from '../../ui/FilterSelect';
import { Loading } from '../../ui/Loading';
import { Nothing } from '../../ui/Nothing';
import { PageFrame } from '../../ui/PageFrame';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { SearchBox } from '../../ui/SearchBox';
import { SideDrawer } from '../../ui/SideDrawer';
import { useFilters } from '../../ui/useFilters';
import { useWord } from '../../ui/words';
import { IncidentDetail } from './IncidentDetail';
import { IncidentTable } from './IncidentTable';
import { isQueue, QUEUES, QueueSwitch } from './QueueSwitch';
import { Notice } from '../../ui/Notice';

/** What a person must look at. */
export function IncidentsPage() {
  const { t } = useTranslation();
  const word = useWord();
  const navigate = useNavigate();
  const { id } = useParams();
  const filters = useFilters(['queue', 'state', 'q']);
  const { queue } = filters.values;
  const incidents = useQuery(
    incidentsQuery({
      state: known(filters.values.state),
      q: filters.values.q,
      ...(isQueue(queue) ? QUEUES[queue].filter : {}),
    }),
  );
  const { set } = filters;
  const search = useCallback((text: string) => set('q', text), [set]);
  const open = (incident?: number) =>
    void navigate({
      pathname: incident === undefined ? '/incidents' : `/incidents/${incident}`,
      search: filters.search,
    });
  const items = incidents.data?.items ?? [];

  return (
    <PageFrame title={t('incidents.title')} lead={t('incidents.lead')}>
      <SideDrawer
        isOpen={id !== undefined}
        label={t('app.incidents')}
        onClose={() => open()}
        panel={id !== undefined && <IncidentDetail key={id} id={Number(id)} />}
      >
        <Toolbar>
          <ToolbarContent>
            <ToolbarItem>
              <QueueSwitch value={queue} onChange={(chosen) => set('queue', chosen)} />
            </ToolbarItem>
            <ToolbarItem>
              <SearchBox label={t('incidents.searchLabel')} value={filters.values.q} onSearch={search} />
            </ToolbarItem>
            <FilterSelect
              id="state"
              label={t('incidents.state')}
              value={filters.values.state}
              onChange={(state) => set('state', state)}
              options={INCIDENT_STATES.map((state) => ({ value: state, text: word('incidentState', state) }))}
            />
          </ToolbarContent>
        </Toolbar>
        {incidents.isError && (
          <ProblemAlert
            error={incidents.error}
            onRetry={() => void incidents.refetch()}
            variant={incidents.data === undefined ? 'danger' : 'warning'}
          />
        )}
        {incidents.isPending && <Loading />}
        {incidents.data !== undefined &&
          (items.length > 0 ? (
            <IncidentTable incidents={items} selected={id === undefined ? undefined : Number(id)} onSelect={open} />
          ) : (
            <Nothing
              filtered={filters.isFiltered}
              title={t(filters.isFiltered ? 'incidents.noMatchTitle' : 'incidents.emptyTitle')}
              body={t(filters.isFiltered ? 'incidents.noMatchBody' : 'incidents.emptyBody')}
              onClear={filters.clear}
            />
          ))}
        {(incidents.data?.next ?? null) !== null && (
          <Notice isPlain variant="info" title={t('common.moreThanShown', { count: items.length })} />
        )}
      </SideDrawer>
    </PageFrame>
  );
}

function known(state: string): IncidentState | undefined {
  return INCIDENT_STATES.find((one) => one === state);
}
