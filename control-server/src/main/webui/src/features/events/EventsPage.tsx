import { AlertActionLink, Button, Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { CHANNELS, SEVERITIES, VERDICTS } from '../../api/model';
import { FilterSelect } from '../../ui/FilterSelect';
import { Loading } from '../../ui/Loading';
import { Nothing } from '../../ui/Nothing';
import { PageFrame } from '../../ui/PageFrame';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { SearchBox } from '../../ui/SearchBox';
import { SideDrawer } from '../../ui/SideDrawer';
import { useFilters } from '../../ui/useFilters';
import { useWord } from '../../ui/words';
import { EventDetail } from './EventDetail';
import { EventTable } from './EventTable';
import { EVENT_FILTERS, eventKey, type EventFilter } from './eventList';
import { FeedControl } from './FeedControl';
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

/** What happens on the terminals, as it happens. */
export function EventsPage() {
  const { t } = useTranslation();
  const word = useWord();
  const navigate = useNavigate();
  const { terminal, seq } = useParams();
  const filters = useFilters(EVENT_FILTERS);
  const { values, set, search } = filters;
  // The same object while the values are the same, so that the feed isn't opened anew on each paint.
  const stable = JSON.stringify(values);
  const filter = useMemo(() => JSON.parse(stable) as EventFilter, [stable]);
  const live = useLiveEvents(filter);
  const find = useCallback((text: string) => set('q', text), [set]);
  const open = useCallback(
    (path: string) => void navigate({ pathname: `/events${path === '' ? '' : `/${path}`}`, search }),
    [navigate, search],
  );
  const select = useCallback(
    (of: string, number: number) => open(`${encodeURIComponent(of)}/${number}`),
    [open],
  );

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
              <SearchBox label={t('events.searchLabel')} value={values.q} onSearch={find} />
            </ToolbarItem>
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
          </ToolbarContent>
        </Toolbar>
        {live.isLagged && (
          <Notice
                        variant="warning"
            title={t('events.lagged')}
            actionLinks={<AlertActionLink onClick={live.reload}>{t('events.reload')}</AlertActionLink>}
          />
        )}
        {live.newest.isError && <ProblemAlert error={live.newest.error} onRetry={live.reload} />}
        {live.isPaused && live.waiting > 0 && (
          <Button variant="secondary" isBlock onClick={live.flush}>
            {t('events.waiting', { count: live.waiting })}
          </Button>
        )}
        {live.newest.isPending && live.events.length === 0 ? (
          <Loading />
        ) : live.events.length > 0 ? (
          <EventTable
            events={live.events}
            selected={selected === undefined ? undefined : eventKey(selected)}
            onSelect={select}
          />
        ) : (
          !live.newest.isError && (
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
