import {
  Masthead,
  MastheadBrand,
  MastheadContent,
  MastheadMain,
  MastheadToggle,
  Page,
  PageToggleButton,
  SkipToContent,
} from '@patternfly/react-core';
import { BarsIcon } from '@patternfly/react-icons';
import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, Outlet, useLocation } from 'react-router';
import { bindCsrfToken } from '../api/client';
import { toProblem } from '../api/problem';
import { sessionQuery } from '../api/queries';
import { Loading } from '../ui/Loading';
import { ProblemAlert } from '../ui/ProblemAlert';
import { SideNav } from './SideNav';
import { TopTools } from './TopTools';

const MAIN = 'main-content';

/** Everything behind the sign-in: masthead, navigation and the page. */
export function Frame() {
  const { t } = useTranslation();
  const location = useLocation();
  const session = useQuery(sessionQuery);

  if (session.isPending) {
    return <Loading />;
  }
  if (session.isError) {
    if (toProblem(session.error).status !== 401) {
      return <ProblemAlert error={session.error} onRetry={() => void session.refetch()} />;
    }
    const wanted = location.pathname + location.search;
    return <Navigate to={`/sign-in${wanted === '/' ? '' : `?next=${encodeURIComponent(wanted)}`}`} replace />;
  }
  bindCsrfToken(session.data.csrf);

  const masthead = (
    <Masthead>
      <MastheadMain>
        <MastheadToggle>
          <PageToggleButton variant="plain" aria-label={t('app.navToggle')} id="nav-toggle">
            <BarsIcon />
          </PageToggleButton>
        </MastheadToggle>
        <MastheadBrand>
          <Link to="/" className="sk-brand">
            <img src="/sekisho.svg" alt="" />
            {t('app.name')}
          </Link>
        </MastheadBrand>
      </MastheadMain>
      <MastheadContent>
        <TopTools session={session.data} />
      </MastheadContent>
    </Masthead>
  );

  return (
    <Page
      masthead={masthead}
      sidebar={<SideNav />}
      isManagedSidebar
      mainContainerId={MAIN}
      skipToContent={<SkipToContent href={`#${MAIN}`}>{t('app.skip')}</SkipToContent>}
    >
      <Suspense fallback={<Loading />}>
        <Outlet />
      </Suspense>
    </Page>
  );
}
