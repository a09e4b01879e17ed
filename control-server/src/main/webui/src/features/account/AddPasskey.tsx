import { Modal, ModalBody, ModalHeader } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client, read } from '../../api/client';
import type { Passkey, PasskeyCreation } from '../../api/model';
import { makePasskey } from '../../api/passkey';
import { ownPasskeysQuery } from '../../api/queries';
import { PasskeyAlert } from '../../ui/PasskeyAlert';
import { PasskeyForm } from '../setup/PasskeyForm';

/** Another passkey for who is signed in. */
export function AddPasskey({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const add = useMutation({
    mutationFn: async (name: string) => {
      const options = await read<PasskeyCreation>(client.POST('/api/v1/account/passkeys/options'));
      const answer = await makePasskey(options);
      return read<Passkey>(client.POST('/api/v1/account/passkeys', { body: { name, answer } }));
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ownPasskeysQuery.queryKey });
      onClose();
    },
  });
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby="add-passkey-title">
      <ModalHeader title={t('passkey.add')} labelId="add-passkey-title" />
      <ModalBody className="sk-stack">
        {add.isError && <PasskeyAlert error={add.error} />}
        <PasskeyForm submit={t('passkey.make')} isReady isBusy={add.isPending} onSubmit={(name) => add.mutate(name)} />
      </ModalBody>
    </Modal>
  );
}
