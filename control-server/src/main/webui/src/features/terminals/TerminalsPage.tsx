import { Button, Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { terminalsQuery } from '../../api/queries';
import { FilterSelect } from '../../ui/FilterSelect';
import { Loading } from '../../ui/Loading';
import { Nothing } from '../../ui/Nothing';
import { PageFrame } from '../../ui/PageFrame';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { SearchBox } from '../../ui/SearchBox';
import { SideDrawer } from '../../ui/SideDrawer';
import { useFilters } from '../../ui/useFilters';
import { formatTime } from '../../ui/When';
import { standing } from './standing';
import { SummaryCards } from './SummaryCards';
import { TerminalDetail } from './TerminalDetail';
import { TerminalTable } from './TerminalTable';
import { Notice } from '../../ui/Notice';

/** Who is connected, what each really runs, who lags and why. */
export function TerminalsPage() {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const { id } = useParams();
  const filters = useFilters(['show', 'q']);
  const terminals = useQuery(terminalsQuery({ q: filters.values.q }));
  const { set } = filters;
  const search = useCallback((text: string) => set('q', text), [set]);

  const open = (terminal?: string) =>
    void navigate({ pathname: terminal === undefined ? '/terminals' : `/terminals/${encodeURIComponent(terminal)}`, search: filters.search });

  const all = terminals.data?.items ?? [];
  const shown = all.filter((terminal) =>
    filters.values.show === '' ? true : standing(terminal) === filters.values.show,
  );

  return (
    <PageFrame title={t('terminals.title')} lead={t('terminals.lead')}>
      <SideDrawer
        isOpen={id !== undefined}
        label={t('terminals.host')}
        onClose={() => open()}
        panel={id !== undefined && <TerminalDetail id={id} />}
      >
        {terminals.isError && (
          <ProblemAlert
            error={terminals.error}
            onRetry={() => void terminals.refetch()}
            variant={terminals.data === undefined ? 'danger' : 'warning'}
          />
        )}
        {terminals.isError && terminals.data !== undefined && (
          <Notice
                        isPlain
            variant="warning"
            title={t('common.stale', { time: formatTime(new Date(terminals.dataUpdatedAt), i18n.language) })}
          />
        )}
        {terminals.isPending && <Loading />}
        {terminals.data !== undefined && (
          <>
            {all.length > 0 && id === undefined && (
              <SummaryCards terminals={all} shown={filters.values.show} onShow={(show) => filters.set('show', show)} />
            )}
            {(all.length > 0 || filters.isFiltered) && (
              <Toolbar>
                <ToolbarContent>
                  <ToolbarItem>
                    <SearchBox label={t('terminals.searchLabel')} value={filters.values.q} onSearch={search} />
                  </ToolbarItem>
                  <FilterSelect
                    id="show"
                    label={t('terminals.show')}
                    value={filters.values.show}
                    onChange={(show) => filters.set('show', show)}
                    options={[
                      { value: 'enforced', text: t('terminals.summaryEnforced') },
                      { value: 'lagging', text: t('terminals.filterLagging') },
                      { value: 'failed', text: t('terminals.filterFailed') },
                      { value: 'away', text: t('terminals.filterAway') },
                      { value: 'revoked', text: t('terminals.filterRevoked') },
                    ]}
                  />
                  <ToolbarItem className="sk-subtle" alignSelf="center">
                    {t('terminals.rows', { count: shown.length })}
                  </ToolbarItem>
                </ToolbarContent>
              </Toolbar>
            )}
            {shown.length > 0 ? (
              <TerminalTable terminals={shown} selected={id} onSelect={open} />
            ) : (
              <Nothing
                filtered={filters.isFiltered}
                title={t(filters.isFiltered ? 'terminals.noMatchTitle' : 'terminals.emptyTitle')}
                body={t(filters.isFiltered ? 'terminals.noMatchBody' : 'terminals.emptyBody')}
                onClear={filters.clear}
                action={
                  <Button variant="primary" onClick={() => void navigate('/enrolment-tokens')}>
                    {t('terminals.emptyAction')}
                  </Button>
                }
              />
            )}
            {terminals.data.next !== null && (
              <Notice isPlain variant="info" title={t('common.moreThanShown', { count: all.length })} />
            )}
          </>
        )}
      </SideDrawer>
    </PageFrame>
  );
}
