import { Card, CardBody, CardFooter, CardTitle, ExpandableSection, Flex, Label } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PolicyRevision, Segment } from '../../api/model';
import { useMay } from '../../app/session';
import { Facts } from '../../ui/Facts';
import { LinkButton } from '../../ui/LinkButton';
import { When } from '../../ui/When';
import { useWord } from '../../ui/words';
import { RolloutBar } from './RolloutBar';
import { pathOfSegment } from './segment';

interface SegmentCardProps {
  segment: Segment;
  /** Newest first. */
  revisions: readonly PolicyRevision[];
}

export function SegmentCard({ segment, revisions }: SegmentCardProps) {
  const { t } = useTranslation();
  const word = useWord();
  const mayPublish = useMay('publish');
  const current = revisions.find((revision) => revision.current);
  const path = `/policies/${pathOfSegment(segment)}`;
  return (
    <Card isFullHeight>
      <CardTitle component="h2">{word('segment', segment)}</CardTitle>
      <CardBody className="sk-stack">
        {current === undefined ? (
          <div>
            <p>{t('policies.none')}</p>
            <p className="sk-subtle">{t('policies.noneBody')}</p>
          </div>
        ) : (
          <>
            <div className="sk-figure">
              {t('policies.revision', { revision: current.revision })}
              <small>{current.name}</small>
            </div>
            {current.stage !== undefined && current.stage !== null && current.stage.state !== 'ALL' && (
              <div>
                <Label color={current.stage.state === 'PILOT' ? 'blue' : 'orange'}>{t(`staging.state.${current.stage.state}`)}</Label>
              </div>
            )}
            <RolloutBar counts={current.rollout} />
            <Facts
              facts={[
                [t('policies.publishedAt'), <When key="at" at={current.publishedAt} />],
                [t('policies.publisher'), current.publishedBy],
                [t('history.approvedBy'), current.approvedBy],
                [t('policies.reason'), current.reason],
              ]}
            />
          </>
        )}
        {revisions.length > 1 && <History segment={segment} revisions={revisions} />}
      </CardBody>
      <CardFooter>
        <Flex gap={{ default: 'gapSm' }}>
          {mayPublish && (
            <LinkButton to={path} variant="primary">
              {t(current === undefined ? 'policies.create' : 'policies.edit')}
            </LinkButton>
          )}
          {current !== undefined && (
            <LinkButton to={`${path}/${current.revision}`} variant="secondary">
              {t('policies.view')}
            </LinkButton>
          )}
        </Flex>
      </CardFooter>
    </Card>
  );
}

function History({ segment, revisions }: SegmentCardProps) {
  const { t } = useTranslation();
  return (
    <ExpandableSection toggleText={t('policies.showHistory')}>
      <ul className="sk-findings">
        {revisions.map((revision) => (
          <li key={revision.revision}>
            <Link to={`/policies/${pathOfSegment(segment)}/${revision.revision}`}>
              {t('policies.revision', { revision: revision.revision })}
            </Link>
            <When at={revision.publishedAt} />
            <span>{revision.publishedBy}</span>
            <span className="sk-subtle sk-summary-text">{revision.reason}</span>
          </li>
        ))}
      </ul>
    </ExpandableSection>
  );
}
