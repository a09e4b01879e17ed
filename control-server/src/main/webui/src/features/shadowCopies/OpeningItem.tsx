import { Button, Title } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, read } from '../../api/client';
import type { ShadowCopy, ShadowOpening } from '../../api/model';
import { useMay, useSession } from '../../app/session';
import { Facts } from '../../ui/Facts';
import { ReasonModal } from '../../ui/ReasonModal';
import { ShownOnce } from '../../ui/ShownOnce';
import { When } from '../../ui/When';
import { OpeningStateLabel } from './ShadowLabels';

interface OpeningItemProps {
  copy: ShadowCopy;
  opening: ShadowOpening;
}

/** One request to read a copy, and what the signed-in operator can do about it. */
export function OpeningItem({ copy, opening }: OpeningItemProps) {
  const { t } = useTranslation();
  const id = useId();
  const { operator } = useSession();
  const mayOpen = useMay('openShadowCopies');
  const isReader = mayOpen && operator.name === opening.reader;
  const isCustodian = mayOpen && copy.custodians.includes(operator.name);
  const isAsked = opening.state === 'ASKED' && copy.state === 'KEPT';
  return (
    <article className="sk-stack" aria-labelledby={id}>
      <Title headingLevel="h4" id={id}>
        {t('shadowCopies.opening', { reader: opening.reader })}
      </Title>
      <Facts
        facts={[
          [t('shadowCopies.state'), <OpeningStateLabel key="state" state={opening.state} />],
          [t('shadowCopies.reason'), opening.reason],
          [t('shadowCopies.askedAt'), <When key="asked" at={opening.askedAt} />],
          [t('shadowCopies.approver'), opening.approver],
          [t('shadowCopies.decidedAt'), opening.decidedAt == null ? null : <When key="decided" at={opening.decidedAt} />],
          [t('shadowCopies.refusal'), opening.refusal],
          [
            t('shadowCopies.lapsesAt'),
            opening.state === 'ASKED' || opening.state === 'APPROVED' ? <When key="lapses" at={opening.lapsesAt} /> : null,
          ],
          [t('shadowCopies.readAt'), opening.readAt == null ? null : <When key="read" at={opening.readAt} />],
        ]}
      />
      {isAsked && isCustodian && !isReader && (
        <InShell
          lead={t('shadowCopies.approveBy')}
          label={t('shadowCopies.approveCommand')}
          command={`sekisho shadow-copies approve ${copy.id} ${opening.id} --key key.pem`}
        />
      )}
      {isReader && opening.state === 'APPROVED' && copy.state === 'KEPT' && (
        <InShell
          lead={t('shadowCopies.openBy')}
          label={t('shadowCopies.openCommand')}
          command={`sekisho shadow-copies open ${copy.id} ${opening.id} --key key.pem --to opened-file`}
        />
      )}
      {isAsked && (isCustodian || isReader) && <Refuse copy={copy} opening={opening} isReader={isReader} />}
    </article>
  );
}

/** What needs a private key is done where the key is. */
function InShell({ lead, label, command }: { lead: string; label: string; command: string }) {
  const { t } = useTranslation();
  return (
    <>
      <p>{lead}</p>
      <ShownOnce label={label} secret={command} />
      <p className="sk-subtle">{t('shadowCopies.whyNotHere')}</p>
    </>
  );
}

function Refuse({ copy, opening, isReader }: OpeningItemProps & { isReader: boolean }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const refuse = useMutation({
    mutationFn: (reason: string) =>
      read<ShadowOpening>(
        client.POST('/api/v1/shadow-copies/{id}/openings/{opening}/refuse', {
          params: { path: { id: copy.id, opening: opening.id } },
          body: { reason },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['shadow-copies'] }),
  });
  const act = t(isReader ? 'shadowCopies.withdraw' : 'shadowCopies.refuse');
  const close = () => {
    setAsking(false);
    refuse.reset();
  };
  return (
    <>
      <div>
        <Button variant="secondary" isDanger onClick={() => setAsking(true)}>
          {act}
        </Button>
      </div>
      {isAsking && (
        <ReasonModal
          title={t(isReader ? 'shadowCopies.withdrawTitle' : 'shadowCopies.refuseTitle')}
          body={<p>{t('shadowCopies.refuseBody')}</p>}
          reasonLabel={t('shadowCopies.reason')}
          reasonHelp={t('shadowCopies.refuseHelp')}
          confirm={act}
          danger
          isBusy={refuse.isPending}
          error={refuse.error}
          onConfirm={(reason) => refuse.mutate(reason, { onSuccess: close })}
          onClose={close}
        />
      )}
    </>
  );
}
