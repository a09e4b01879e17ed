import { Button, Flex, Form, FormGroup, Modal, ModalBody, ModalFooter, ModalHeader, TextInput } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Incident } from '../../api/model';
import { useSession } from '../../app/session';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { ReasonModal } from '../../ui/ReasonModal';
import { useIncidentChange } from './useIncidentChange';

/** Take, hand over, close, reopen. */
export function IncidentActions({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const me = useSession().operator.name;
  const [dialog, setDialog] = useState<'assign' | 'close'>();
  const change = useIncidentChange(incident);
  const isClosed = incident.state === 'CLOSED';
  const closeDialog = () => {
    setDialog(undefined);
    change.reset();
  };

  return (
    <>
      {change.isError && dialog === undefined && <ProblemAlert error={change.error} />}
      <Flex gap={{ default: 'gapSm' }}>
        {!isClosed && incident.owner !== me && (
          <Button
            variant="primary"
            isDisabled={change.isPending}
            onClick={() => change.mutate({ owner: me, state: 'IN_PROGRESS' })}
          >
            {t('incidents.take')}
          </Button>
        )}
        {!isClosed && (
          <Button variant="secondary" onClick={() => setDialog('assign')}>
            {t('incidents.assign')}
          </Button>
        )}
        {!isClosed && (
          <Button variant="secondary" onClick={() => setDialog('close')}>
            {t('incidents.closeAction')}
          </Button>
        )}
        {isClosed && (
          <Button
            variant="secondary"
            isDisabled={change.isPending}
            onClick={() => change.mutate({ state: 'IN_PROGRESS' })}
          >
            {t('incidents.reopen')}
          </Button>
        )}
      </Flex>
      {dialog === 'assign' && (
        <AssignDialog
          owner={incident.owner ?? me}
          isBusy={change.isPending}
          error={change.error}
          onAssign={(owner) => change.mutate({ owner, state: 'IN_PROGRESS' }, { onSuccess: closeDialog })}
          onClose={closeDialog}
        />
      )}
      {dialog === 'close' && (
        <ReasonModal
          title={t('incidents.closeTitle')}
          reasonLabel={t('incidents.finding')}
          reasonHelp={t('incidents.findingHelp')}
          confirm={t('incidents.closeAction')}
          isBusy={change.isPending}
          error={change.error}
          onConfirm={(note) => change.mutate({ state: 'CLOSED', note }, { onSuccess: closeDialog })}
          onClose={closeDialog}
        />
      )}
    </>
  );
}

interface AssignDialogProps {
  owner: string;
  isBusy: boolean;
  error: unknown;
  onAssign: (owner: string) => void;
  onClose: () => void;
}

function AssignDialog({ owner: before, isBusy, error, onAssign, onClose }: AssignDialogProps) {
  const { t } = useTranslation();
  const [owner, setOwner] = useState(before);
  const missing = owner.trim() === '';
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby="assign-title">
      <ModalHeader title={t('incidents.assign')} labelId="assign-title" />
      <ModalBody className="sk-stack">
        {error !== null && <ProblemAlert error={error} />}
        <Form
          id="assign-form"
          onSubmit={(submit) => {
            submit.preventDefault();
            if (!missing) {
              onAssign(owner.trim());
            }
          }}
        >
          <FormGroup label={t('incidents.ownerLabel')} isRequired fieldId="owner">
            <TextInput id="owner" value={owner} maxLength={100} onChange={(_event, text) => setOwner(text)} autoFocus />
          </FormGroup>
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form="assign-form" isDisabled={missing || isBusy} isLoading={isBusy}>
          {t('incidents.save')}
        </Button>
        <Button variant="link" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
