import { Button, Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { SEGMENTS } from '../../api/model';
import { groupsQuery, orgUnitsQuery, terminalPageQuery, terminalSummaryQuery } from '../../api/queries';
import { useMay } from '../../app/session';
import { FilterSelect } from '../../ui/FilterSelect';
import { Loading } from '../../ui/Loading';
import { Nothing } from '../../ui/Nothing';
import { Notice } from '../../ui/Notice';
import { PageFrame } from '../../ui/PageFrame';
import { Pages } from '../../ui/Pages';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { SearchBox } from '../../ui/SearchBox';
import { SideDrawer } from '../../ui/SideDrawer';
import { useFilters } from '../../ui/useFilters';
import { formatTime } from '../../ui/When';
import { useWord } from '../../ui/words';
import { MoveModal } from './MoveModal';
import { asked, SHOWN } from './shown';
import { SummaryCards } from './SummaryCards';
import { TerminalDetail } from './TerminalDetail';
import { TerminalTable } from './TerminalTable';

/** Who is connected, what each really runs, who lags and why; thousands of them, a page at a time. */
export function TerminalsPage() {
  const { t, i18n } = useTranslation();
  const word = useWord();
  const navigate = useNavigate();
  const { id } = useParams();
  const mayMove = useMay('enrol');
  const filters = useFilters(['show', 'segment', 'unit', 'group', 'q']);
  const place = useFilters(['sort', 'after']);
  const { show, segment, unit, group, q } = filters.values;
  const narrowed = { segment, orgUnit: unit, group, q };
  const terminals = useQuery(terminalPageQuery({ ...narrowed, ...asked(show), ...place.values }));
  const summary = useQuery(terminalSummaryQuery(narrowed));
  const units = useQuery(orgUnitsQuery).data?.items ?? [];
  const groups = useQuery(groupsQuery).data?.items ?? [];
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isMoving, setMoving] = useState(false);
  const { set } = filters;
  const search = useCallback((text: string) => set('q', text), [set]);

  const open = (terminal?: string) =>
    void navigate({ pathname: terminal === undefined ? '/terminals' : `/terminals/${encodeURIComponent(terminal)}`, search: filters.search });

  const shown = terminals.data?.items ?? [];
  const total = show === '' ? summary.data && summary.data.total + summary.data.revoked + summary.data.retired : summary.data?.[SHOWN[show]?.figure ?? 'total'];

  return (
    <PageFrame title={t('terminals.title')} lead={t('terminals.lead')}>
      <SideDrawer isOpen={id !== undefined} label={t('terminals.host')} onClose={() => open()} panel={id !== undefined && <TerminalDetail id={id} />}>
        {terminals.isError && (
          <ProblemAlert
            error={terminals.error}
            onRetry={() => void terminals.refetch()}
            variant={terminals.data === undefined ? 'danger' : 'warning'}
          />
        )}
        {terminals.isError && terminals.data !== undefined && (
          <Notice isPlain variant="warning" title={t('common.stale', { time: formatTime(new Date(terminals.dataUpdatedAt), i18n.language) })} />
        )}
        {terminals.isPending && <Loading />}
        {terminals.data !== undefined && (
          <>
            {summary.data !== undefined && summary.data.total > 0 && id === undefined && (
              <SummaryCards summary={summary.data} shown={show} onShow={(next) => filters.set('show', next)} />
            )}
            {(shown.length > 0 || filters.isFiltered) && (
              <Toolbar>
                <ToolbarContent>
                  <ToolbarItem>
                    <SearchBox label={t('terminals.searchLabel')} value={q} onSearch={search} />
                  </ToolbarItem>
                  <FilterSelect
                    id="show"
                    label={t('terminals.show')}
                    value={show}
                    onChange={(next) => filters.set('show', next)}
                    options={Object.keys(SHOWN).map((value) => ({ value, text: word('shown', value) }))}
                  />
                  {units.length > 0 && (
                    <FilterSelect
                      id="unit"
                      label={t('terminals.division')}
                      value={unit}
                      onChange={(next) => filters.set('unit', next)}
                      options={units.map(({ path }) => ({ value: path, text: path }))}
                    />
                  )}
                  <FilterSelect
                    id="segment"
                    label={t('terminals.segment')}
                    value={segment}
                    onChange={(next) => filters.set('segment', next)}
                    options={SEGMENTS.map((value) => ({ value, text: word('segment', value) }))}
                  />
                  {groups.length > 0 && (
                    <FilterSelect
                      id="group"
                      label={t('terminals.group')}
                      value={group}
                      onChange={(next) => filters.set('group', next)}
                      options={groups.map((one) => ({ value: one.id, text: one.name }))}
                    />
                  )}
                  {chosen.size > 0 && (
                    <ToolbarItem>
                      <Button variant="secondary" onClick={() => setMoving(true)}>
                        {t('terminals.moveChosen', { count: chosen.size })}
                      </Button>
                    </ToolbarItem>
                  )}
                  {total !== undefined && (
                    <ToolbarItem className="sk-subtle" alignSelf="center">
                      {t('terminals.rows', { count: total })}
                    </ToolbarItem>
                  )}
                </ToolbarContent>
              </Toolbar>
            )}
            {shown.length > 0 ? (
              <TerminalTable
                terminals={shown}
                selected={id}
                sort={place.values.sort}
                onSort={(sort) => place.set('sort', sort)}
                onSelect={open}
                chosen={mayMove ? chosen : undefined}
                onChoose={setChosen}
              />
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
            <Pages next={terminals.data.next} isFirst={place.values.after === ''} onGo={(after) => place.go('after', after)} />
          </>
        )}
      </SideDrawer>
      {isMoving && (
        <MoveModal
          terminals={[...chosen]}
          onClose={() => setMoving(false)}
          onMoved={() => {
            setMoving(false);
            setChosen(new Set());
          }}
        />
      )}
    </PageFrame>
  );
}
