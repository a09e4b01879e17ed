import { Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../ui/Notice';
import { ShownOnce } from '../../ui/ShownOnce';

/** A one-time link, shown this once. */
export function LinkModal({ title, link, onClose }: { title: string; link: string; onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <Modal isOpen variant="medium" onClose={onClose} aria-labelledby={id}>
      <ModalHeader title={title} labelId={id} />
      <ModalBody className="sk-stack">
        <Notice variant="warning" title={t('operators.linkShown')} />
        <ShownOnce label={t('operators.link')} secret={link} />
      </ModalBody>
      <ModalFooter>
        <Button onClick={onClose}>{t('common.close')}</Button>
      </ModalFooter>
    </Modal>
  );
}
