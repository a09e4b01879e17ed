import { Button, Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { MEDIUM_STATES, SEGMENTS, type MediumState, type Segment } from '../../api/model';
import { mediaQuery } from '../../api/queries';
import { useMay } from '../../app/session';
import { FilterSelect } from '../../ui/FilterSelect';
import { Loading } from '../../ui/Loading';
import { Nothing } from '../../ui/Nothing';
import { PageFrame } from '../../ui/PageFrame';
import { Pages } from '../../ui/Pages';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { SearchBox } from '../../ui/SearchBox';
import { SideDrawer } from '../../ui/SideDrawer';
import { useFilters } from '../../ui/useFilters';
import { useWord } from '../../ui/words';
import { ImportMedia } from './ImportMedia';
import { MediaTable } from './MediaTable';
import { MediumDetail } from './MediumDetail';
import { RegisterMedium } from './RegisterMedium';

/** Which sticks the city knows: whose they are, until when, and where each was seen last. */
export function MediaPage() {
  const { t } = useTranslation();
  const word = useWord();
  const navigate = useNavigate();
  const { id } = useParams();
  const mayRegister = useMay('registerMedia');
  const filters = useFilters(['segment', 'state', 'q']);
  const place = useFilters(['after']);
  const { segment, state, q } = filters.values;
  const media = useQuery(
    mediaQuery({
      segment: SEGMENTS.find((one) => one === segment),
      state: MEDIUM_STATES.find((one) => one === state),
      q,
      after: place.values.after,
    }),
  );
  const [dialog, setDialog] = useState<'register' | 'import'>();
  const { set } = filters;
  const search = useCallback((text: string) => set('q', text), [set]);
  const open = (medium?: string) =>
    void navigate({ pathname: medium === undefined ? '/media' : `/media/${medium}`, search: filters.search });
  const items = media.data?.items ?? [];
  const register = mayRegister && <Button onClick={() => setDialog('register')}>{t('media.register')}</Button>;

  return (
    <PageFrame
      title={t('media.title')}
      lead={t('media.lead')}
      actions={
        <>
          {register}
          {mayRegister && (
            <Button variant="secondary" onClick={() => setDialog('import')}>
              {t('media.import')}
            </Button>
          )}
          <Button variant="secondary" component="a" href={exportAddress(segment)} download>
            {t('media.export')}
          </Button>
        </>
      }
    >
      <SideDrawer
        isOpen={id !== undefined}
        label={t('media.medium')}
        onClose={() => open()}
        panel={id !== undefined && <MediumDetail key={id} id={id} />}
      >
        <Toolbar>
          <ToolbarContent>
            <ToolbarItem>
              <SearchBox label={t('media.searchLabel')} value={q} onSearch={search} />
            </ToolbarItem>
            <FilterSelect
              id="state"
              label={t('media.state')}
              value={state}
              onChange={(chosen) => set('state', chosen)}
              options={MEDIUM_STATES.map((value: MediumState) => ({ value, text: word('mediumState', value) }))}
            />
            <FilterSelect
              id="segment"
              label={t('terminals.segment')}
              value={segment}
              onChange={(chosen) => set('segment', chosen)}
              options={SEGMENTS.map((value: Segment) => ({ value, text: word('segment', value) }))}
            />
          </ToolbarContent>
        </Toolbar>
        {media.isError && <ProblemAlert error={media.error} onRetry={() => void media.refetch()} />}
        {media.isPending && <Loading />}
        {media.data !== undefined &&
          (items.length > 0 ? (
            <MediaTable media={items} selected={id} onSelect={open} />
          ) : (
            <Nothing
              filtered={filters.isFiltered}
              title={t(filters.isFiltered ? 'media.noMatchTitle' : 'media.emptyTitle')}
              body={t(filters.isFiltered ? 'media.noMatchBody' : 'media.emptyBody')}
              onClear={filters.clear}
              action={register}
            />
          ))}
        {media.data !== undefined && (
          <Pages next={media.data.next} isFirst={place.values.after === ''} onGo={(after) => place.go('after', after)} />
        )}
      </SideDrawer>
      {dialog === 'register' && (
        <RegisterMedium
          onClose={() => setDialog(undefined)}
          onRegistered={(medium) => {
            setDialog(undefined);
            open(medium.id);
          }}
        />
      )}
      {dialog === 'import' && <ImportMedia onClose={() => setDialog(undefined)} />}
    </PageFrame>
  );
}

function exportAddress(segment: string): string {
  return `/api/v1/media/export${segment === '' ? '' : `?${new URLSearchParams({ segment }).toString()}`}`;
}
