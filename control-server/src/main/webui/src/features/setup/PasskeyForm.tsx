import { Button, Form, FormGroup, FormHelperText, HelperText, HelperTextItem, TextInput } from '@patternfly/react-core';
import { KeyIcon } from '@patternfly/react-icons';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface PasskeyFormProps {
  /** What to ask for besides the passkey's name. */
  children?: ReactNode;
  submit: string;
  isReady: boolean;
  isBusy: boolean;
  onSubmit: (passkeyName: string) => void;
}

/** Asks for what a new passkey shall be called, then has it made. */
export function PasskeyForm({ children, submit, isReady, isBusy, onSubmit }: PasskeyFormProps) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const missing = !isReady || name.trim() === '';
  return (
    <Form
      onSubmit={(submitted) => {
        submitted.preventDefault();
        if (!missing) {
          onSubmit(name.trim());
        }
      }}
    >
      {children}
      <FormGroup label={t('passkey.name')} isRequired fieldId="passkey-name">
        <TextInput
          id="passkey-name"
          value={name}
          maxLength={100}
          onChange={(_event, typed) => setName(typed)}
          isRequired
          autoComplete="off"
          aria-describedby="passkey-name-help"
        />
        <FormHelperText>
          <HelperText>
            <HelperTextItem id="passkey-name-help">{t('passkey.nameHelp')}</HelperTextItem>
          </HelperText>
        </FormHelperText>
      </FormGroup>
      <Button type="submit" isBlock icon={<KeyIcon />} isLoading={isBusy} isDisabled={isBusy || missing}>
        {submit}
      </Button>
    </Form>
  );
}
