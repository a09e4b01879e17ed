import { TextInput } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { mediaQuery, terminalPageQuery } from '../../api/queries';
import { deviceText } from '../media/device';

/** What was typed, and the one thing that it names, once it names one. */
export interface Chosen {
  text: string;
  id: string | undefined;
}

interface PickerProps {
  id: string;
  value: Chosen;
  onChange: (chosen: Chosen) => void;
  isDisabled?: boolean;
}

/** A terminal by its name, with those that fit what is typed to choose from. */
export function TerminalInput(props: PickerProps) {
  const found = useQuery({ ...terminalPageQuery({ q: props.value.text, state: 'ACTIVE' }), refetchInterval: false, enabled: props.isDisabled !== true }).data;
  return <Picker {...props} options={(found?.items ?? []).map(({ id, host, orgUnit }) => ({ id, text: host, detail: orgUnit ?? '' }))} />;
}

/** A medium in use by its name. Two of the same name are told apart by their numbers. */
export function MediumInput(props: PickerProps) {
  const asked = props.value.text.replace(/（.*/, '');
  const found = useQuery(mediaQuery({ q: asked, state: 'IN_USE' })).data?.items ?? [];
  const names = found.map(({ name }) => name);
  return (
    <Picker
      {...props}
      options={found.map((medium) => {
        const isAlone = names.indexOf(medium.name) === names.lastIndexOf(medium.name);
        return {
          id: medium.id,
          text: isAlone ? medium.name : `${medium.name}（${deviceText(medium.device)}）`,
          detail: deviceText(medium.device),
        };
      })}
    />
  );
}

function Picker({ id, value, onChange, isDisabled, options }: PickerProps & { options: readonly { id: string; text: string; detail: string }[] }) {
  const fits = options.find((option) => option.text === value.text)?.id;
  // The answer may come after the last key.
  useEffect(() => {
    if (value.id === undefined && fits !== undefined) {
      onChange({ text: value.text, id: fits });
    }
  }, [fits, value, onChange]);
  return (
    <>
      <TextInput
        id={id}
        value={value.text}
        list={`${id}-options`}
        isDisabled={isDisabled}
        isRequired
        autoComplete="off"
        validated={value.text !== '' && value.id === undefined ? 'warning' : 'default'}
        onChange={(_event, text) => onChange({ text, id: options.find((option) => option.text === text)?.id })}
      />
      <datalist id={`${id}-options`}>
        {options.map((option) => (
          <option key={option.id} value={option.text}>
            {option.detail}
          </option>
        ))}
      </datalist>
    </>
  );
}
