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
  TextInput,
} from '@patternfly/react-core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../ui/ProblemAlert';

interface TextDialogProps {
  title: string;
  label: string;
  help?: string;
  before: string;
  maxLength: number;
  isRequired: boolean;
  isBusy: boolean;
  error: unknown;
  onSave: (text: string) => void;
  onClose: () => void;
}

/** One line of text to change. */
export function TextDialog(props: TextDialogProps) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState(props.before);
  const missing = props.isRequired && text.trim() === '';
  return (
    <Modal isOpen variant="small" onClose={props.onClose} aria-labelledby={`${id}-title`}>
      <ModalHeader title={props.title} labelId={`${id}-title`} />
      <ModalBody className="sk-stack">
        {props.error !== null && <ProblemAlert error={props.error} />}
        <Form
          id={`${id}-form`}
          onSubmit={(submit) => {
            submit.preventDefault();
            if (!missing) {
              props.onSave(text.trim());
            }
          }}
        >
          <FormGroup label={props.label} isRequired={props.isRequired} fieldId={`${id}-text`}>
            <TextInput
              id={`${id}-text`}
              value={text}
              maxLength={props.maxLength}
              onChange={(_event, typed) => setText(typed)}
              autoFocus
              aria-describedby={props.help === undefined ? undefined : `${id}-help`}
            />
            {props.help !== undefined && (
              <FormHelperText>
                <HelperText>
                  <HelperTextItem id={`${id}-help`}>{props.help}</HelperTextItem>
                </HelperText>
              </FormHelperText>
            )}
          </FormGroup>
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form={`${id}-form`} isDisabled={missing || props.isBusy} isLoading={props.isBusy}>
          {t('incidents.save')}
        </Button>
        <Button variant="link" onClick={props.onClose}>
          {t('common.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
