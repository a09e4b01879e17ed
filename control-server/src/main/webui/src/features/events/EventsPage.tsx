import { AlertActionLink, Button, Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { CHANNELS, SEVERITIES, VERDICTS } from '../../api/model';
import { FilterSelect } from '../../ui/FilterSelect';
import { Loading } from '../../ui/Loading';
import { Nothing } from '../../ui/Nothing';
import { PageFrame } from '../../ui/PageFrame';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { SearchBox } from '../../ui/SearchBox';
import { SideDrawer } from '../../ui/SideDrawer';
import { useFilters } from '../../ui/useFilters';
import { useScrolledPast } from '../../ui/useScrolledPast';
import { useWord } from '../../ui/words';
import { EventDetail } from './EventDetail';
import { EventTable } from './EventTable';
import { useColumns } from './columns';
import { ColumnsMenu } from './ColumnsMenu';
import { Downloads } from './Downloads';
import { EVENT_FILTERS, eventKey, RANGES, searchOf, type EventFilter } from './eventList';
import { FeedControl } from './FeedControl';
import { Histogram } from './Histogram';
import type { Stretch } from './histogram';
import { MoreFilters } from './MoreFilters';
import { SavedSearches } from './SavedSearches';
import { TerminalFilter } from './TerminalFilter';
import { useLiveEvents } from './useLiveEvents';
import { Notice } from '../../ui/Notice';

const KINDS = [
  'ATTEMPT',
  'AGENT_STARTED',
  'AGENT_STOPPED',
  'POLICY_APPLIED',
  'POLICY_REFUSED',
  'CHANNEL_STATE_CHANGED',
  'DESKTOP_GAP',
  'CLOCK_JUMPED',
  'LOSS',
  'JOURNAL_STATE',
  'ENROLLED',
  'TAMPERED',
  'PERMIT_USED',
  'CHECKPOINT',
] as const;

/** What happens on the terminals, as it happens, and all that happened. */
export function EventsPage() {
  const { t } = useTranslation();
  const word = useWord();
  const navigate = useNavigate();
  const { terminal, seq } = useParams();
  const [, setParams] = useSearchParams();
  const filters = useFilters(EVENT_FILTERS);
  const { values, set, search: address } = filters;
  // The same object while the values are the same, so that the feed isn't opened anew on each paint.
  const stable = JSON.stringify(values);
  // Periods end when they were chosen, or the page was opened: what comes after is live.
  const [now, setNow] = useState(() => Date.now());
  const search = useMemo(() => searchOf(JSON.parse(stable) as EventFilter, now), [stable, now]);
  const top = useRef<HTMLDivElement>(null);
  const live = useLiveEvents(search, useScrolledPast(top));
  const columns = useColumns();
  const find = useCallback((text: string) => set('q', text), [set]);
  const open = useCallback(
    (path: string) => void navigate({ pathname: `/events${path === '' ? '' : `/${path}`}`, search: address }),
    [navigate, address],
  );
  const select = useCallback((of: string, number: number) => open(`${encodeURIComponent(of)}/${number}`), [open]);
  const narrow = useCallback(
    ({ from, to }: Stretch) =>
      setParams((before) => {
        const after = new URLSearchParams(before);
        after.delete('range');
        after.set('from', new Date(from).toISOString());
        after.set('to', new Date(to).toISOString());
        return after;
      }),
    [setParams],
  );
  const apply = useCallback((query: string) => void navigate({ pathname: '/events', search: `?${query}` }), [navigate]);

  const { flush } = live;
  const showWaiting = useCallback(() => {
    flush();
    top.current?.scrollIntoView({ block: 'center' });
  }, [flush]);

  const selected = terminal !== undefined && seq !== undefined ? { terminal, seq: Number(seq) } : undefined;
  const options = (family: 'kind' | 'channel' | 'verdict' | 'severity', names: readonly string[]) =>
    names.map((name) => ({ value: name, text: word(family, name) }));

  return (
    <PageFrame
      title={t('events.title')}
      lead={t('events.lead')}
      actions={<FeedControl state={live.feed} isPaused={live.isPaused} onPause={live.pause} onResume={live.resume} />}
    >
      <SideDrawer
        isOpen={selected !== undefined}
        label={t('app.events')}
        onClose={() => open('')}
        panel={selected !== undefined && <EventDetail terminal={selected.terminal} seq={selected.seq} />}
      >
        <Toolbar>
          <ToolbarContent>
            <ToolbarItem>
              <SearchBox label={t('eventSearch.text')} value={values.q} onSearch={find} />
            </ToolbarItem>
            <FilterSelect
              id="range"
              label={t('eventSearch.range')}
              value={values.range}
              onChange={(value) => {
                setNow(Date.now());
                set('range', value);
              }}
              options={Object.keys(RANGES).map((name) => ({ value: name, text: t(`eventSearch.range${name as keyof typeof RANGES}`) }))}
            />
            <FilterSelect
              id="kind"
              label={t('events.kindFilter')}
              value={values.kind}
              onChange={(value) => set('kind', value)}
              options={options('kind', KINDS)}
            />
            <FilterSelect
              id="channel"
              label={t('events.channelFilter')}
              value={values.channel}
              onChange={(value) => set('channel', value)}
              options={options('channel', CHANNELS)}
            />
            <FilterSelect
              id="verdict"
              label={t('events.verdictFilter')}
              value={values.verdict}
              onChange={(value) => set('verdict', value)}
              options={options('verdict', VERDICTS)}
            />
            <FilterSelect
              id="severity"
              label={t('events.severityFilter')}
              value={values.severity}
              onChange={(value) => set('severity', value)}
              options={options('severity', SEVERITIES)}
            />
            {values.terminal !== '' && (
              <TerminalFilter terminal={values.terminal} onClear={() => set('terminal', '')} />
            )}
            {filters.isFiltered && (
              <ToolbarItem>
                <Button variant="link" onClick={filters.clear}>
                  {t('common.clearFilters')}
                </Button>
              </ToolbarItem>
            )}
            <ToolbarItem>
              <SavedSearches query={address.replace(/^\?/, '')} onApply={apply} />
            </ToolbarItem>
            <ToolbarItem>
              <ColumnsMenu shown={columns.shown} onToggle={columns.toggle} />
            </ToolbarItem>
            <ToolbarItem>
              <Downloads search={search} />
            </ToolbarItem>
          </ToolbarContent>
        </Toolbar>
        <MoreFilters values={values} onChange={set} />
        <Histogram search={search} onNarrow={narrow} />
        {live.isLagged && (
          <Notice
            variant="warning"
            title={t('events.lagged')}
            actionLinks={<AlertActionLink onClick={live.reload}>{t('events.reload')}</AlertActionLink>}
          />
        )}
        {live.stored.isError && <ProblemAlert error={live.stored.error} onRetry={live.reload} />}
        <div ref={top} />
        {live.isHeld && live.waiting > 0 && (
          <Button variant="secondary" isBlock onClick={showWaiting} className="sk-waiting">
            {t('events.waiting', { count: live.waiting })}
          </Button>
        )}
        {live.stored.isPending && live.events.length === 0 ? (
          <Loading />
        ) : live.events.length > 0 ? (
          <>
            <EventTable
              events={live.events}
              columns={columns.shown}
              selected={selected === undefined ? undefined : eventKey(selected)}
              onSelect={select}
            />
            {live.hasOlder && (
              <Button
                variant="secondary"
                isBlock
                isLoading={live.stored.isFetchingNextPage}
                onClick={live.older}
              >
                {t('events.older')}
              </Button>
            )}
          </>
        ) : (
          !live.stored.isError && (
            <Nothing
              filtered={filters.isFiltered}
              title={t(filters.isFiltered ? 'events.noMatchTitle' : 'events.emptyTitle')}
              body={t(filters.isFiltered ? 'events.noMatchBody' : 'events.emptyBody')}
              onClear={filters.clear}
            />
          )
        )}
      </SideDrawer>
    </PageFrame>
  );
}
