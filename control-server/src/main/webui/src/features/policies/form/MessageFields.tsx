import { Button, FormFieldGroup, FormFieldGroupHeader } from '@patternfly/react-core';
import { MinusCircleIcon, PlusCircleIcon } from '@patternfly/react-icons';
import { useTranslation } from 'react-i18next';
import { fieldsOf, type Message } from '../book/contract';
import { Plain, type Value } from '../book/render';
import type { Path } from '../book/source';
import { fieldId, ownFindings, useDesk } from './desk';
import { FieldFindings } from './FieldFindings';
import { FieldView } from './FieldView';
import { useFormText } from './useFormText';

interface MessageFieldsProps {
  message: Message;
  path: Path;
  /** Only these, in the contract's order. */
  only?: readonly string[];
}

/** The fields of one part of a rule book, whatever the part. */
export function MessageFields({ message, path, only }: MessageFieldsProps) {
  const { t } = useTranslation();
  const text = useFormText();
  const { book, findings } = useDesk();
  const fields = fieldsOf(message);
  if (!book.isShaped(path, 'map')) {
    return <p className="sk-subtle">{t('policyForm.odd', { line: book.line(path) })}</p>;
  }
  return (
    <>
      {only === undefined && <FieldFindings findings={ownFindings(findings, path, fields.map((field) => field.key))} />}
      {fields
        .filter((field) => only?.includes(field.key) ?? true)
        .map((field) => {
          const here = [...path, field.key];
          if (field.kind === 'messages') {
            return <MessageList key={field.key} message={field.message} path={here} label={text.label(message, field.key)} />;
          }
          return field.kind === 'message' ? (
            <fieldset key={field.key} id={fieldId(here)} className="sk-fieldset">
              <legend>{text.label(message, field.key)}</legend>
              <MessageFields message={field.message} path={here} />
            </fieldset>
          ) : (
            <FieldView key={field.key} message={message} field={field} path={here} />
          );
        })}
    </>
  );
}

/** What a new item begins with: what the contract requires, so that it isn't wrong from the start. */
const NEW: Partial<Record<Message, Value>> = {
  ContentCondition: { label: new Plain('my_number') },
  Custodian: { operator: '', key: '' },
  MediaCondition: { classes: [new Plain('usb-storage')] },
};

/** Several parts of one kind, each with a way to take it away. */
export function MessageList({ message, path, label }: { message: Message; path: Path; label: string }) {
  const { t } = useTranslation();
  const { book, edit } = useDesk();
  if (!book.isShaped(path, 'maps')) {
    return <p className="sk-subtle">{t('policyForm.odd', { line: book.line(path) })}</p>;
  }
  return (
    <div id={fieldId(path)} role="group" aria-label={label} className="sk-stack">
      {Array.from({ length: book.size(path) }, (_item, index) => {
        const name = t('policyForm.item', { name: label, number: index + 1 });
        return (
          <FormFieldGroup
            key={index}
            header={
              <FormFieldGroupHeader
                titleText={{ text: name, id: `${fieldId([...path, index])}-name` }}
                actions={
                  <Button
                    variant="plain"
                    aria-label={t('policyForm.removeItem', { name })}
                    icon={<MinusCircleIcon />}
                    onClick={() => edit(book.without(path, index))}
                  />
                }
              />
            }
          >
            <MessageFields message={message} path={[...path, index]} />
          </FormFieldGroup>
        );
      })}
      <div>
        <Button variant="link" icon={<PlusCircleIcon />} onClick={() => edit(book.insert(path, book.size(path), NEW[message] ?? {}))}>
          {t('policyForm.addItem', { name: label })}
        </Button>
      </div>
    </div>
  );
}
