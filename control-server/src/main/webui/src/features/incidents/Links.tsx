import { Button, Title } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Incident } from '../../api/model';
import { IncidentStateLabel } from '../../ui/labels';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useBilingual } from '../../ui/words';
import { useLinks } from './useLinks';

/** What somebody found to belong together. */
export function Links({ incident, mayChange }: { incident: Incident; mayChange: boolean }) {
  const { t } = useTranslation();
  const text = useBilingual();
  const change = useLinks(incident.id);
  const links = incident.links ?? [];
  return (
    <section className="sk-stack">
      <Title headingLevel="h3">{t('incidents.links')}</Title>
      {change.isError && <ProblemAlert error={change.error} />}
      {links.length === 0 && <p className="sk-subtle">{t('incidents.noLinks')}</p>}
      {links.map((link) => (
        <div key={link.id} className="sk-tags">
          <Link to={`/incidents/${link.id}`}>
            {link.id} {text(link.title)}
          </Link>
          <IncidentStateLabel state={link.state} />
          {mayChange && (
            <Button
              variant="link"
              isInline
              isDisabled={change.isPending}
              aria-label={t('incidents.unlinkOf', { title: text(link.title), id: link.id })}
              onClick={() => change.mutate({ other: link.id, isLinked: false })}
            >
              {t('incidents.unlink')}
            </Button>
          )}
        </div>
      ))}
    </section>
  );
}
