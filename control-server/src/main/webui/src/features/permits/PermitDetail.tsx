import { Button, Flex, Title } from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { client, read } from '../../api/client';
import type { Permit } from '../../api/model';
import { permitQuery } from '../../api/queries';
import { useMay } from '../../app/session';
import { Facts } from '../../ui/Facts';
import { Loading } from '../../ui/Loading';
import { Notice } from '../../ui/Notice';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { ReasonModal } from '../../ui/ReasonModal';
import { When } from '../../ui/When';
import { useWord } from '../../ui/words';
import { deviceText } from '../media/device';
import { CarriedFiles } from './CarriedFiles';
import { PermitStateLabel } from './PermitLabels';
import { useUses, useWhat } from './permitText';

/** One permit: for whom, what and how long; whether the terminal goes by it; what was carried under it. */
export function PermitDetail({ id }: { id: string }) {
  const permit = useQuery(permitQuery(id));
  if (permit.isPending) {
    return <Loading />;
  }
  if (permit.data === undefined) {
    return <ProblemAlert error={permit.error} onRetry={() => void permit.refetch()} />;
  }
  return <Detail permit={permit.data} />;
}

function Detail({ permit }: { permit: Permit }) {
  const { t } = useTranslation();
  const word = useWord();
  const what = useWhat();
  const uses = useUses();
  const mayGrant = useMay('grantPermits');
  const isOpen = permit.state === 'ACTIVE' || permit.state === 'UPCOMING' || permit.state === 'USED_UP';
  return (
    <div className="sk-stack">
      <Title headingLevel="h2">{t('permits.heading', { user: permit.user, what: what(permit) })}</Title>
      {permit.delivery === 'REFUSED' && (
        <Notice variant="danger" title={t('permits.refused')}>
          {permit.deliveryDetail}
        </Notice>
      )}
      <Facts
        facts={[
          [t('permits.state'), <PermitStateLabel key="state" state={permit.state} />],
          [t('permits.delivery'), word('permitDelivery', permit.delivery)],
          [t('permits.user'), permit.user],
          [
            t('permits.terminal'),
            <Link key="terminal" to={`/terminals/${encodeURIComponent(permit.terminal)}`}>
              {permit.host}
            </Link>,
          ],
          [t('permits.unit'), permit.orgUnit],
          [t('permits.channel'), word('channel', permit.channel)],
          [t('permits.direction'), word('permitDirection', permit.direction)],
          [
            t('permits.medium'),
            permit.medium == null ? (
              permit.device != null && <span className="sk-mono sk-summary-text">{deviceText(permit.device)}</span>
            ) : (
              <Link key="medium" to={`/media/${permit.medium}`}>
                {permit.mediumName}
              </Link>
            ),
          ],
          [t('permits.rules'), permit.rules.length === 0 ? t('permits.anyRule') : permit.rules.join('、')],
          [t('permits.from'), <When key="from" at={permit.from} />],
          [t('permits.until'), <When key="until" at={permit.until} />],
          [t('permits.uses'), uses(permit)],
          [t('permits.usedAt'), permit.usedAt == null ? null : <When key="used" at={permit.usedAt} />],
          [t('permits.reason'), permit.reason],
          [t('permits.grantedBy'), permit.grantedBy],
          [t('permits.grantedAt'), <When key="granted" at={permit.grantedAt} />],
          [
            t('permits.event'),
            permit.event == null ? null : (
              <Link key="event" to={`/events/${encodeURIComponent(permit.event.terminal)}/${permit.event.seq}`}>
                {t('permits.openEvent')}
              </Link>
            ),
          ],
          [t('permits.revokedBy'), permit.revokedBy],
          [t('permits.revokedAt'), permit.revokedAt == null ? null : <When key="revoked" at={permit.revokedAt} />],
          [t('permits.revokeReason'), permit.revokeReason],
        ]}
      />
      <NamedFiles permit={permit} />
      {isOpen && (mayGrant ? <Revoke permit={permit} /> : <p className="sk-subtle">{t('common.readOnly')}</p>)}
      <CarriedFiles id={permit.id} />
    </div>
  );
}

function NamedFiles({ permit }: { permit: Permit }) {
  const { t } = useTranslation();
  const names = [...permit.fileNames, ...permit.files];
  if (names.length === 0) {
    return permit.channel === 'MEDIA' && permit.direction === 'OUTWARD' ? <p className="sk-subtle">{t('permits.anyFile')}</p> : null;
  }
  return (
    <section>
      <Title headingLevel="h3">{t('permits.onlyFiles', { count: names.length })}</Title>
      <ul className="sk-mono sk-summary-text">
        {names.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </section>
  );
}

function Revoke({ permit }: { permit: Permit }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const revoke = useMutation({
    mutationFn: (reason: string) =>
      read<Permit>(client.POST('/api/v1/permits/{id}/revoke', { params: { path: { id: permit.id } }, body: { reason } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['permits'] }),
  });
  return (
    <>
      <Flex>
        <Button variant="secondary" isDanger onClick={() => setAsking(true)}>
          {t('permits.revoke')}
        </Button>
      </Flex>
      {isAsking && (
        <ReasonModal
          title={t('permits.revokeTitle')}
          body={<p>{t('permits.revokeBody')}</p>}
          reasonLabel={t('permits.revokeReason')}
          reasonHelp={t('permits.reasonHelp')}
          confirm={t('permits.revoke')}
          danger
          isBusy={revoke.isPending}
          error={revoke.error}
          onConfirm={(reason) => revoke.mutate(reason, { onSuccess: () => setAsking(false) })}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
