import { Form, FormGroup, TextInput } from '@patternfly/react-core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, read } from '../../api/client';
import type { MailTestResult } from '../../api/model';
import { FormModal } from '../../ui/FormModal';
import { Notice } from '../../ui/Notice';

/** Sends one mail now, and says what the server said. */
export function MailTestDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [address, setAddress] = useState('');
  const test = useMutation({
    mutationFn: () => read<MailTestResult>(client.POST('/api/v1/mail-server/test', { body: { address: address.trim() } })),
  });
  return (
    <FormModal
      title={t('notifications.test')}
      confirm={t('notifications.send')}
      isReady={address.includes('@')}
      isBusy={test.isPending}
      error={test.error}
      onClose={onClose}
      form={(id) => (
        <Form
          id={id}
          onSubmit={(submit) => {
            submit.preventDefault();
            test.mutate();
          }}
        >
          <FormGroup label={t('notifications.testAddress')} isRequired fieldId="mail-test">
            <TextInput id="mail-test" type="email" value={address} isRequired onChange={(_event, typed) => setAddress(typed)} />
          </FormGroup>
          {test.data?.taken === true && <Notice variant="success" title={t('notifications.testTaken')} />}
          {test.data?.taken === false && (
            <Notice variant="danger" title={t('notifications.testFailed')}>
              {test.data.failure}
            </Notice>
          )}
        </Form>
      )}
    />
  );
}
