import { NUMBER_LABELS } from '../../ui/numberLabels';
import { useWord } from '../../ui/words';

const NAMES = new RegExp(String.raw`\b(?:${NUMBER_LABELS.join('|')})\b`, 'g');

/** An event's one line, with the numbers that were found named in the reader's language. */
export function Masked({ text }: { text: string }) {
  const word = useWord();
  return <>{text.replaceAll(NAMES, (label) => word('label', label))}</>;
}
