import {
  Button,
  Form,
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  TextArea,
} from '@patternfly/react-core';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from './ProblemAlert';

interface ReasonModalProps {
  title: string;
  body?: ReactNode;
  reasonLabel: string;
  reasonHelp: string;
  confirm: string;
  danger?: boolean;
  isBusy: boolean;
  error: unknown;
  onConfirm: (reason: string) => void;
  onClose: () => void;
}

/** The longest reason that the server takes. */
const LONGEST = 1_000;

/** Asks for a reason before something that is recorded with it. */
export function ReasonModal(props: ReasonModalProps) {
  const { t } = useTranslation();
  const id = useId();
  const [reason, setReason] = useState('');
  const missing = reason.trim() === '';
  return (
    <Modal isOpen variant="small" onClose={props.onClose} aria-labelledby={`${id}-title`}>
      <ModalHeader title={props.title} labelId={`${id}-title`} />
      <ModalBody className="sk-stack">
        {props.body}
        {props.error !== null && props.error !== undefined && <ProblemAlert error={props.error} />}
        <Form
          id={`${id}-form`}
          onSubmit={(submit) => {
            submit.preventDefault();
            if (!missing) {
              props.onConfirm(reason.trim());
            }
          }}
        >
          <FormGroup label={props.reasonLabel} isRequired fieldId={`${id}-reason`}>
            <TextArea
              id={`${id}-reason`}
              value={reason}
              maxLength={LONGEST}
              onChange={(_event, text) => setReason(text)}
              isRequired
              autoFocus
              resizeOrientation="vertical"
              aria-describedby={`${id}-help`}
            />
            <FormHelperText>
              <HelperText>
                <HelperTextItem id={`${id}-help`}>{props.reasonHelp}</HelperTextItem>
              </HelperText>
            </FormHelperText>
          </FormGroup>
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button
          type="submit"
          form={`${id}-form`}
          variant={props.danger === true ? 'danger' : 'primary'}
          isDisabled={missing || props.isBusy}
          isLoading={props.isBusy}
        >
          {props.confirm}
        </Button>
        <Button variant="link" onClick={props.onClose}>
          {t('common.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
