import { FormGroup, FormHelperText, HelperText, HelperTextItem, TextArea } from '@patternfly/react-core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { hashesIn, hashLine } from './hashes';

interface FilesFieldProps {
  hashes: string;
  names: string;
  onHashes: (text: string) => void;
  onNames: (text: string) => void;
}

/** A browser holds a file whole to hash it. */
const MOST = 512 << 20;

/** Which files a permit is for: by their content, and by their names. */
export function FilesField({ hashes, names, onHashes, onNames }: FilesFieldProps) {
  const { t } = useTranslation();
  const { wrong, hashes: found } = hashesIn(hashes);
  const hash = useMutation({
    mutationFn: async (files: readonly File[]) => {
      const lines: string[] = [];
      for (const file of files) {
        if (file.size > MOST) {
          throw new Error(t('permits.fileTooLarge', { name: file.name }));
        }
        lines.push(await hashLine(file));
      }
      return lines;
    },
    onSuccess: (lines) => onHashes([hashes.trimEnd(), ...lines].filter((line) => line !== '').join('\n')),
  });
  return (
    <>
      <FormGroup label={t('permits.hashes')} fieldId="permit-hashes">
        <TextArea
          id="permit-hashes"
          value={hashes}
          rows={3}
          className="sk-mono"
          resizeOrientation="vertical"
          validated={wrong.length > 0 ? 'error' : 'default'}
          onChange={(_event, typed) => onHashes(typed)}
          aria-describedby="permit-hashes-help"
        />
        <FormHelperText>
          <HelperText>
            <HelperTextItem id="permit-hashes-help" variant={wrong.length > 0 ? 'error' : 'default'}>
              {wrong.length > 0 ? t('permits.hashesWrong', { line: wrong[0] }) : t('permits.hashesHelp', { count: found.length })}
            </HelperTextItem>
          </HelperText>
        </FormHelperText>
        <label className="sk-filter" htmlFor="permit-files">
          <span>{t('permits.chooseFiles')}</span>
          <input
            id="permit-files"
            type="file"
            multiple
            onChange={(chosen) => {
              hash.mutate([...(chosen.target.files ?? [])]);
              chosen.target.value = '';
            }}
          />
        </label>
        {hash.isPending && <p role="status">{t('permits.hashing')}</p>}
        {hash.isError && <ProblemAlert error={hash.error} />}
      </FormGroup>
      <FormGroup label={t('permits.names')} fieldId="permit-names">
        <TextArea
          id="permit-names"
          value={names}
          rows={2}
          resizeOrientation="vertical"
          onChange={(_event, typed) => onNames(typed)}
          aria-describedby="permit-names-help"
        />
        <FormHelperText>
          <HelperText>
            <HelperTextItem id="permit-names-help">{t('permits.namesHelp')}</HelperTextItem>
          </HelperText>
        </FormHelperText>
      </FormGroup>
    </>
  );
}
