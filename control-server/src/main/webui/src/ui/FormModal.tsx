import { Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from './ProblemAlert';

interface FormModalProps {
  title: string;
  confirm: string;
  size?: 'small' | 'medium';
  /** Whether all that is required is there. */
  isReady: boolean;
  isBusy: boolean;
  error: unknown;
  onClose: () => void;
  /** The form, with the id that the button submits. */
  form: (id: string) => ReactNode;
}

/** A dialog around a form: what went wrong above it, its button and the way out below. */
export function FormModal({ title, confirm, size = 'small', isReady, isBusy, error, onClose, form }: FormModalProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <Modal isOpen variant={size} onClose={onClose} aria-labelledby={`${id}-title`}>
      <ModalHeader title={title} labelId={`${id}-title`} />
      <ModalBody className="sk-stack">
        {error !== null && error !== undefined && <ProblemAlert error={error} />}
        {form(`${id}-form`)}
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form={`${id}-form`} isDisabled={!isReady || isBusy} isLoading={isBusy}>
          {confirm}
        </Button>
        <Button variant="link" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
