import { Button, Title } from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { client, read } from '../../api/client';
import type { ShadowCopy, ShadowOpening } from '../../api/model';
import { shadowCopyQuery } from '../../api/queries';
import { useMay, useSession } from '../../app/session';
import { Facts } from '../../ui/Facts';
import { Loading } from '../../ui/Loading';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { ReasonModal } from '../../ui/ReasonModal';
import { useHosts } from '../../ui/useHosts';
import { When } from '../../ui/When';
import { OpeningItem } from './OpeningItem';
import { ShadowCopyStateLabel } from './ShadowLabels';

/** One shadow copy: what it is of, who can read it, and who has asked to. */
export function ShadowCopyDetail({ id }: { id: string }) {
  const copy = useQuery(shadowCopyQuery(id));
  if (copy.isPending) {
    return <Loading />;
  }
  if (copy.data === undefined) {
    return <ProblemAlert error={copy.error} onRetry={() => void copy.refetch()} />;
  }
  return <Detail copy={copy.data} />;
}

function Detail({ copy }: { copy: ShadowCopy }) {
  const { t, i18n } = useTranslation();
  const hostOf = useHosts([copy.terminal]);
  const host = hostOf(copy.terminal);
  return (
    <div className="sk-stack">
      <Title headingLevel="h2">{t('shadowCopies.heading', { host })}</Title>
      <Facts
        facts={[
          [t('shadowCopies.state'), <ShadowCopyStateLabel key="state" state={copy.state} />],
          [t('shadowCopies.failure'), copy.failure],
          [
            t('shadowCopies.terminal'),
            <Link key="terminal" to={`/terminals/${encodeURIComponent(copy.terminal)}`}>
              {host}
            </Link>,
          ],
          [
            t('shadowCopies.event'),
            copy.seq == null ? null : (
              <Link key="event" to={`/events/${encodeURIComponent(copy.terminal)}/${copy.seq}`}>
                {t('shadowCopies.openEvent')}
              </Link>
            ),
          ],
          [t('shadowCopies.orderedAt'), copy.orderedAt == null ? null : <When key="ordered" at={copy.orderedAt} />],
          [t('shadowCopies.keptAt'), copy.keptAt == null ? null : <When key="kept" at={copy.keptAt} />],
          [t('shadowCopies.expiresAt'), copy.expiresAt == null ? null : <When key="expires" at={copy.expiresAt} />],
          [
            t('shadowCopies.size'),
            copy.bytes == null ? null : t('shadowCopies.bytes', { size: copy.bytes.toLocaleString(i18n.language) }),
          ],
          [t('shadowCopies.hash'), copy.sha256 == null ? null : <span key="hash" className="sk-mono sk-summary-text">{copy.sha256}</span>],
          [t('shadowCopies.custodians'), copy.custodians.join(', ')],
          [t('shadowCopies.id'), <span key="id" className="sk-mono sk-summary-text">{copy.id}</span>],
        ]}
      />
      <section className="sk-stack" aria-labelledby="openings-heading">
        <Title headingLevel="h3" id="openings-heading">
          {t('shadowCopies.openings')}
        </Title>
        <Ask copy={copy} />
        {copy.openings.length === 0 && <p className="sk-subtle">{t('shadowCopies.noOpenings')}</p>}
        {copy.openings.map((opening) => (
          <OpeningItem key={opening.id} copy={copy} opening={opening} />
        ))}
      </section>
    </div>
  );
}

/** Whoever asks becomes the reader. */
function Ask({ copy }: { copy: ShadowCopy }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { operator } = useSession();
  const [isAsking, setAsking] = useState(false);
  const ask = useMutation({
    mutationFn: (reason: string) =>
      read<ShadowOpening>(
        client.POST('/api/v1/shadow-copies/{id}/openings', { params: { path: { id: copy.id } }, body: { reason } }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['shadow-copies'] }),
  });
  const mayOpen = useMay('openShadowCopies');
  const isCustodian = mayOpen && copy.custodians.includes(operator.name);
  const isKept = copy.state === 'KEPT';
  const close = () => {
    setAsking(false);
    ask.reset();
  };
  return (
    <>
      <div>
        <Button variant="secondary" isDisabled={!isCustodian || !isKept} aria-describedby={isCustodian && isKept ? undefined : 'ask-why'} onClick={() => setAsking(true)}>
          {t('shadowCopies.ask')}
        </Button>
      </div>
      {(!isCustodian || !isKept) && (
        <p id="ask-why" className="sk-subtle">
          {t(!mayOpen ? 'shadowCopies.auditor' : isKept ? 'shadowCopies.notCustodian' : 'shadowCopies.notKept')}
        </p>
      )}
      {isAsking && (
        <ReasonModal
          title={t('shadowCopies.askTitle')}
          body={<p>{t('shadowCopies.askBody')}</p>}
          reasonLabel={t('shadowCopies.reason')}
          reasonHelp={t('shadowCopies.reasonHelp')}
          confirm={t('shadowCopies.ask')}
          isBusy={ask.isPending}
          error={ask.error}
          onConfirm={(reason) => ask.mutate(reason, { onSuccess: close })}
          onClose={close}
        />
      )}
    </>
  );
}
