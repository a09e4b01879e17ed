import { Checkbox, FormGroup, FormHelperText, FormSelect, FormSelectOption, HelperText, HelperTextItem, TextArea, TextInput } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { orgUnitsQuery } from '../../../api/queries';
import type { Field, Message } from '../book/contract';
import { Plain } from '../book/render';
import type { Path } from '../book/source';
import { fieldId, isUnder, useDesk } from './desk';
import { FieldFindings } from './FieldFindings';
import { ListField } from './ListField';
import { useFormText } from './useFormText';
import { WordsField } from './WordsField';

type Single = Exclude<Field, { kind: 'message' | 'messages' }>;

interface FieldViewProps {
  message: Message;
  field: Single;
  path: Path;
}

const DAY = /^\d{4}-\d\d-\d\d$/;

/** One field with its name, what it means, and what the checker says of it. */
export function FieldView({ message, field, path }: FieldViewProps) {
  const { t } = useTranslation();
  const text = useFormText();
  const { book, findings } = useDesk();
  const id = fieldId(path);
  const found = findings.filter((finding) => isUnder(finding, path));
  const hint = text.hint(message, field.key);
  const isList = field.kind === 'words' || field.kind === 'texts' || field.kind === 'plains';
  const isShown = book.isShaped(path, isList ? 'scalars' : 'scalar');
  return (
    <FormGroup
      label={field.kind === 'flag' ? undefined : text.label(message, field.key)}
      fieldId={id}
      isRequired={'isRequired' in field && field.isRequired === true}
      role={field.kind === 'words' ? 'group' : undefined}
    >
      {isShown ? <Input message={message} field={field} path={path} isWrong={found.some((one) => one.severity === 'ERROR')} /> : (
        <p className="sk-subtle">{t('policyForm.odd', { line: book.line(path) })}</p>
      )}
      <FormHelperText>
        <div id={`${id}-help`}>
          {hint !== undefined && (
            <HelperText>
              <HelperTextItem>{hint}</HelperTextItem>
            </HelperText>
          )}
          <FieldFindings findings={found} />
        </div>
      </FormHelperText>
    </FormGroup>
  );
}

function Input({ message, field, path, isWrong }: FieldViewProps & { isWrong: boolean }) {
  const { t } = useTranslation();
  const text = useFormText();
  const { book, edit } = useDesk();
  const id = fieldId(path);
  const value = book.scalar(path);
  const common = { id, 'aria-describedby': `${id}-help`, validated: isWrong ? ('error' as const) : ('default' as const) };
  const write = (typed: string) => edit(book.with(path, typed));
  const writePlain = (typed: string) => edit(book.with(path, typed === '' ? undefined : new Plain(typed)));
  switch (field.kind) {
    case 'text': {
      const onChange = (_event: unknown, typed: string) => (typed === '' && field.isRequired !== true ? edit(book.with(path, undefined)) : write(typed));
      return field.isLong === true ? (
        <TextArea {...common} rows={2} autoResize resizeOrientation="vertical" value={value ?? ''} onChange={onChange} />
      ) : (
        <TextInput {...common} value={value ?? ''} onChange={onChange} />
      );
    }
    case 'number':
    case 'size':
      return <TextInput {...common} inputMode={field.kind === 'number' ? 'numeric' : 'text'} value={value ?? ''} onChange={(_event, typed) => writePlain(typed)} />;
    case 'date':
      return (
        <TextInput
          {...common}
          type={value === undefined || DAY.test(value) ? 'date' : 'text'}
          value={value ?? ''}
          onChange={(_event, typed) => writePlain(typed)}
        />
      );
    case 'word':
      return (
        <FormSelect {...common} value={value ?? ''} onChange={(_event, word) => writePlain(word)}>
          {(field.isRequired !== true || value === undefined) && <FormSelectOption value="" label={t('policyForm.unset')} />}
          {value !== undefined && !field.words.includes(value) && <FormSelectOption value={value} label={value} />}
          {field.words.map((word) => (
            <FormSelectOption key={word} value={word} label={text.word(field.key, word)} />
          ))}
        </FormSelect>
      );
    case 'flag':
      return (
        <Checkbox
          id={id}
          aria-describedby={`${id}-help`}
          label={text.label(message, field.key)}
          isChecked={value === 'true'}
          onChange={(_event, isChecked) => edit(book.with(path, isChecked ? new Plain('true') : undefined))}
        />
      );
    case 'words':
      return (
        <WordsField
          id={id}
          name={field.key}
          words={field.words}
          chosen={book.list(path)}
          onChange={(chosen) => edit(book.withList(path, chosen.map((word) => new Plain(word))))}
        />
      );
    case 'texts':
    case 'plains':
      return <Names field={field} path={path} label={text.label(message, field.key)} isWrong={isWrong} />;
  }
}

function Names({ field, path, label, isWrong }: { field: Single & { kind: 'texts' | 'plains' }; path: Path; label: string; isWrong: boolean }) {
  const { book, edit } = useDesk();
  const suggest = field.kind === 'texts' ? field.suggest : undefined;
  const units = useQuery({ ...orgUnitsQuery, enabled: suggest === 'units' }).data?.items ?? [];
  const suggestions =
    suggest === 'units'
      ? units.map((unit) => unit.path)
      : suggest === 'deviceGroups'
        ? Array.from({ length: book.size(['device-groups']) }, (_group, index) => book.scalar(['device-groups', index, 'name']) ?? '').filter((name) => name !== '')
        : [];
  const id = fieldId(path);
  return (
    <ListField
      id={id}
      label={label}
      items={book.list(path)}
      suggestions={suggestions}
      describedBy={`${id}-help`}
      isWrong={isWrong}
      onChange={(items) => edit(book.withList(path, field.kind === 'texts' ? items : items.map((item) => new Plain(item))))}
    />
  );
}
