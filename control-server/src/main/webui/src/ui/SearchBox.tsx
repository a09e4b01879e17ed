import { SearchInput } from '@patternfly/react-core';
import { useEffect, useState } from 'react';

interface SearchBoxProps {
  label: string;
  value: string;
  onSearch: (text: string) => void;
}

/** Milliseconds after the last key before a search starts. */
const PAUSE = 300;

export function SearchBox({ label, value, onSearch }: SearchBoxProps) {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  if (value !== known) {
    // Cleared or changed from outside, such as by the back button.
    setKnown(value);
    setText(value);
  }
  useEffect(() => {
    if (text === value) {
      return undefined;
    }
    const timer = setTimeout(() => onSearch(text), PAUSE);
    return () => clearTimeout(timer);
  }, [text, value, onSearch]);
  return (
    <SearchInput
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={(_event, typed) => setText(typed)}
      onClear={() => setText('')}
      className="sk-search"
    />
  );
}
