import { Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from './Notice';
import { ShownOnce } from './ShownOnce';

interface SecretModalProps {
  title: string;
  /** That it is shown only now. */
  warning: string;
  label: string;
  secret: string;
  onClose: () => void;
}

/** Something that the server tells this once, to be copied. */
export function SecretModal({ title, warning, label, secret, onClose }: SecretModalProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <Modal isOpen variant="medium" onClose={onClose} aria-labelledby={id}>
      <ModalHeader title={title} labelId={id} />
      <ModalBody className="sk-stack">
        <Notice variant="warning" title={warning} />
        <ShownOnce label={label} secret={secret} />
      </ModalBody>
      <ModalFooter>
        <Button onClick={onClose}>{t('common.close')}</Button>
      </ModalFooter>
    </Modal>
  );
}
