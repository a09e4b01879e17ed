import { HelperText, HelperTextItem } from '@patternfly/react-core';
import type { Finding } from '../../../api/model';
import { useBilingual, useWord } from '../../../ui/words';
import { inOrder } from '../findings';

const LOOKS = { ERROR: 'error', WARNING: 'warning', NOTE: 'indeterminate' } as const;

/** What the checker says of a field, at the field. */
export function FieldFindings({ id, findings }: { id?: string; findings: readonly Finding[] }) {
  const word = useWord();
  const inWords = useBilingual();
  return findings.length === 0 ? null : (
    <HelperText id={id} component="ul">
      {inOrder(findings).map((finding, index) => (
        <HelperTextItem key={index} component="li" variant={LOOKS[finding.severity]} screenReaderText={word('finding', finding.severity)}>
          {inWords(finding.message)}
        </HelperTextItem>
      ))}
    </HelperText>
  );
}
