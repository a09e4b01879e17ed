import { Button, Flex, Title } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Medium, MediumState } from '../../api/model';
import { mediumQuery } from '../../api/queries';
import { useMay } from '../../app/session';
import { Facts } from '../../ui/Facts';
import { LinkButton } from '../../ui/LinkButton';
import { Loading } from '../../ui/Loading';
import { Notice } from '../../ui/Notice';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { ReasonModal } from '../../ui/ReasonModal';
import { When } from '../../ui/When';
import { useWord } from '../../ui/words';
import { EditMedium } from './EditMedium';
import { lastDayOf } from './lastDay';
import { MediumStateLabel } from './MediumLabels';
import { useMediumChange } from './useMediumChange';

/** One medium: what it is, whose, where it was seen last and by whom. */
export function MediumDetail({ id }: { id: string }) {
  const medium = useQuery(mediumQuery(id));
  if (medium.isPending) {
    return <Loading />;
  }
  if (medium.data === undefined) {
    return <ProblemAlert error={medium.error} onRetry={() => void medium.refetch()} />;
  }
  return <Detail medium={medium.data} />;
}

function Detail({ medium }: { medium: Medium }) {
  const { t } = useTranslation();
  const word = useWord();
  const mayRegister = useMay('registerMedia');
  const mayGrant = useMay('grantPermits');
  const { device, seen } = medium;
  return (
    <div className="sk-stack">
      <Title headingLevel="h2">{medium.name}</Title>
      {medium.warnings.map((warning) => (
        <Notice key={warning} isPlain variant="warning" title={t(`media.${warning}`)} />
      ))}
      <Facts
        facts={[
          [t('media.state'), <MediumStateLabel key="state" state={medium.state} />],
          [t('media.stateReason'), medium.stateReason],
          [t('media.stateSince'), <When key="since" at={medium.stateAt} />],
          [t('media.owner'), medium.owner ?? t('media.wholeCity')],
          [t('terminals.segment'), word('segment', medium.segment)],
          [t('media.class'), medium.mediaClass == null ? t('media.anyClass') : word('mediaClass', medium.mediaClass)],
          [t('media.lastDay'), lastDayOf(medium.expiresAt) || t('media.noEnd')],
          [t('media.seen'), seen == null ? t('media.neverSeen') : <When key="seen" at={seen.at} />],
          [
            t('media.seenWhere'),
            seen?.terminal == null ? (
              seen == null ? null : t('media.elsewhere')
            ) : (
              <Link key="where" to={`/terminals/${encodeURIComponent(seen.terminal)}`}>
                {seen.host ?? seen.terminal}
              </Link>
            ),
          ],
          [t('media.seenBy'), seen?.user],
          [t('media.vendor'), device.vendorId],
          [t('media.product'), device.productId],
          [t('media.serial'), device.serial],
          [t('media.hash'), device.hash == null ? null : <span key="hash" className="sk-mono sk-summary-text">{device.hash}</span>],
          [t('media.note'), medium.note],
          [t('media.registeredBy'), medium.registeredBy],
          [t('media.registeredAt'), <When key="at" at={medium.registeredAt} />],
        ]}
      />
      {mayRegister ? <Acts medium={medium} /> : <p className="sk-subtle">{t('common.readOnly')}</p>}
      <Flex>
        {mayGrant && medium.state === 'IN_USE' && (
          <LinkButton variant="secondary" to={`/permits?grant=${medium.id}`}>
            {t('permits.grantFor')}
          </LinkButton>
        )}
      </Flex>
    </div>
  );
}

/** Where a medium can go from where it is. */
const WAYS: Record<MediumState, readonly ('LOST' | 'WITHDRAWN' | 'IN_USE')[]> = {
  IN_USE: ['LOST', 'WITHDRAWN'],
  EXPIRED: ['LOST', 'WITHDRAWN'],
  LOST: ['IN_USE', 'WITHDRAWN'],
  WITHDRAWN: ['IN_USE'],
};

function Acts({ medium }: { medium: Medium }) {
  const { t } = useTranslation();
  const [dialog, setDialog] = useState<'edit' | 'LOST' | 'WITHDRAWN' | 'IN_USE'>();
  const change = useMediumChange(medium);
  const close = () => {
    setDialog(undefined);
    change.reset();
  };
  return (
    <>
      <Flex gap={{ default: 'gapSm' }}>
        <Button variant="secondary" onClick={() => setDialog('edit')}>
          {t('media.edit')}
        </Button>
        {WAYS[medium.state].map((way) => (
          <Button key={way} variant="secondary" isDanger={way !== 'IN_USE'} onClick={() => setDialog(way)}>
            {t(`media.to${way}`)}
          </Button>
        ))}
      </Flex>
      {dialog === 'edit' && <EditMedium medium={medium} onClose={close} />}
      {dialog !== undefined && dialog !== 'edit' && (
        <ReasonModal
          title={t(`media.to${dialog}Title`, { name: medium.name })}
          body={<p>{t(`media.to${dialog}Body`)}</p>}
          reasonLabel={t('media.reason')}
          reasonHelp={t('media.reasonHelp')}
          confirm={t(`media.to${dialog}`)}
          danger={dialog !== 'IN_USE'}
          isBusy={change.isPending}
          error={change.error}
          onConfirm={(reason) => change.mutate({ state: dialog, reason }, { onSuccess: close })}
          onClose={close}
        />
      )}
    </>
  );
}
