import { Button, FormGroup, FormHelperText, HelperText, HelperTextItem, TextArea } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import type { ReportDraft } from '../../../api/model';

interface DraftItemFieldProps {
  item: ReportDraft['items'][number];
  text: string;
  mayWrite: boolean;
  onChange: (text: string) => void;
}

/** One item, with what it lacks and the way back to what the record says. */
export function DraftItemField({ item, text, mayWrite, onChange }: DraftItemFieldProps) {
  const { t } = useTranslation();
  const id = `draft-${item.item}`;
  const isOwn = text !== item.proposed;
  return (
    <FormGroup label={item.heading} fieldId={id}>
      <TextArea
        id={id}
        value={text}
        maxLength={4000}
        // As long as what is in it, so that nothing of a report is out of sight.
        rows={Math.max(2, text.split('\n').length + 1)}
        readOnlyVariant={mayWrite ? undefined : 'default'}
        onChange={(_event, typed) => onChange(typed)}
        resizeOrientation="vertical"
        aria-describedby={`${id}-state`}
      />
      <FormHelperText>
        <HelperText>
          <HelperTextItem id={`${id}-state`} variant={item.complete ? 'default' : 'warning'}>
            {item.complete ? t('reportDraft.complete') : t('reportDraft.incomplete')}
            {' · '}
            {isOwn ? t('reportDraft.own') : t('reportDraft.fromRecord')}
            {isOwn && mayWrite && (
              <>
                {' '}
                <Button
                  variant="link"
                  isInline
                  aria-label={t('reportDraft.takeBackOf', { item: item.heading })}
                  onClick={() => onChange(item.proposed)}
                >
                  {t('reportDraft.takeBack')}
                </Button>
              </>
            )}
          </HelperTextItem>
        </HelperText>
      </FormHelperText>
    </FormGroup>
  );
}
