import { TextInput } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { orgUnitsQuery } from '../api/queries';

interface UnitInputProps {
  id: string;
  value: string;
  onChange: (path: string) => void;
  'aria-describedby'?: string;
}

/** A division's path, with those that there are to choose from. */
export function UnitInput({ id, value, onChange, ...rest }: UnitInputProps) {
  const units = useQuery(orgUnitsQuery).data?.items ?? [];
  return (
    <>
      <TextInput id={id} value={value} list={`${id}-units`} maxLength={200} onChange={(_event, path) => onChange(path)} {...rest} />
      <datalist id={`${id}-units`}>
        {units.map((unit) => (
          <option key={unit.path} value={unit.path} />
        ))}
      </datalist>
    </>
  );
}
