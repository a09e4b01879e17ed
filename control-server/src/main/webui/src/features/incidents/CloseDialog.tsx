import {
  Button,
  Form,
  FormGroup,
  FormHelperText,
  FormSelect,
  FormSelectOption,
  HelperText,
  HelperTextItem,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  TextArea,
} from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FINDINGS, type IncidentFindingKind } from '../../api/model';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useWord } from '../../ui/words';

interface CloseDialogProps {
  isBusy: boolean;
  error: unknown;
  onConfirm: (finding: { kind: IncidentFindingKind; text: string }) => void;
  onClose: () => void;
}

/** Nobody closes an incident without saying what was found. */
export function CloseDialog({ isBusy, error, onConfirm, onClose }: CloseDialogProps) {
  const { t } = useTranslation();
  const word = useWord();
  const [kind, setKind] = useState<IncidentFindingKind>();
  const [text, setText] = useState('');
  const missing = kind === undefined || text.trim() === '';
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby="close-title">
      <ModalHeader title={t('incidents.closeTitle')} labelId="close-title" />
      <ModalBody className="sk-stack">
        {error !== null && <ProblemAlert error={error} />}
        <Form
          id="close-form"
          onSubmit={(submit) => {
            submit.preventDefault();
            if (kind !== undefined && !missing) {
              onConfirm({ kind, text: text.trim() });
            }
          }}
        >
          <FormGroup label={t('incidents.findingKind')} isRequired fieldId="finding-kind">
            <FormSelect
              id="finding-kind"
              value={kind ?? ''}
              onChange={(_event, chosen) => setKind(FINDINGS.find((one) => one === chosen))}
              autoFocus
            >
              <FormSelectOption value="" label={t('common.none')} isPlaceholder isDisabled />
              {FINDINGS.map((one) => (
                <FormSelectOption key={one} value={one} label={word('incidentFinding', one)} />
              ))}
            </FormSelect>
          </FormGroup>
          <FormGroup label={t('incidents.findingText')} isRequired fieldId="finding-text">
            <TextArea
              id="finding-text"
              value={text}
              maxLength={4000}
              isRequired
              onChange={(_event, typed) => setText(typed)}
              resizeOrientation="vertical"
              aria-describedby="finding-help"
            />
            <FormHelperText>
              <HelperText>
                <HelperTextItem id="finding-help">{t('incidents.findingHelp')}</HelperTextItem>
              </HelperText>
            </FormHelperText>
          </FormGroup>
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form="close-form" isDisabled={missing || isBusy} isLoading={isBusy}>
          {t('incidents.closeAction')}
        </Button>
        <Button variant="link" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
