import { Checkbox } from '@patternfly/react-core';
import { useFormText } from './useFormText';

interface WordsFieldProps {
  id: string;
  name: string;
  words: readonly string[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

/** Some of a few words. What is written and no word of the contract is shown too, so that it can be taken away. */
export function WordsField({ id, name, words, chosen, onChange }: WordsFieldProps) {
  const text = useFormText();
  const all = [...words, ...chosen.filter((one) => !words.includes(one))];
  return (
    <div className="sk-choices">
      {all.map((word, index) => (
        <Checkbox
          key={word}
          id={index === 0 ? id : `${id}-${word}`}
          label={text.word(name, word)}
          isChecked={chosen.includes(word)}
          onChange={(_event, isChecked) => onChange(isChecked ? [...chosen, word] : chosen.filter((one) => one !== word))}
        />
      ))}
    </div>
  );
}
