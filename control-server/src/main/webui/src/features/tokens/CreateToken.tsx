import {
  Form,
  FormGroup,
  FormHelperText,
  FormSelect,
  FormSelectOption,
  HelperText,
  HelperTextItem,
  Checkbox,
  NumberInput,
} from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, read } from '../../api/client';
import { SEGMENTS, type EnrolmentToken, type Segment } from '../../api/model';
import { groupsQuery, tokensQuery } from '../../api/queries';
import { FormModal } from '../../ui/FormModal';
import { SecretModal } from '../../ui/SecretModal';
import { UnitInput } from '../../ui/UnitInput';
import { useWord } from '../../ui/words';

/** Hours that a token may live; the server allows 30 days at most. */
const LIVES = [1, 8, 24, 7 * 24, 30 * 24] as const;
const MOST_USES = 1000;

/** Asks for what a token needs, then shows the token, once. */
export function CreateToken({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const word = useWord();
  const queries = useQueryClient();
  const [segment, setSegment] = useState<Segment>('MY_NUMBER');
  const [orgUnit, setOrgUnit] = useState('');
  const [group, setGroup] = useState('');
  const [needsApproval, setNeedsApproval] = useState(false);
  const groups = useQuery(groupsQuery).data?.items ?? [];
  const [hours, setHours] = useState(24);
  const [uses, setUses] = useState(1);
  const create = useMutation({
    mutationFn: () =>
      read<EnrolmentToken>(
        client.POST('/api/v1/enrolment-tokens', {
          body: {
            segment,
            uses,
            needsApproval,
            expiresAt: new Date(Date.now() + hours * 3_600_000).toISOString(),
            ...(orgUnit.trim() === '' ? {} : { orgUnit: orgUnit.trim() }),
            ...(group === '' ? {} : { group }),
          },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: tokensQuery.queryKey }),
  });
  const token = create.data?.token;

  if (token !== null && token !== undefined) {
    return (
      <SecretModal title={t('tokens.shownTitle')} warning={t('tokens.shown')} label={t('tokens.token')} secret={token} onClose={onClose} />
    );
  }

  return (
    <FormModal
      title={t('tokens.create')}
      confirm={t('tokens.create')}
      isReady
      isBusy={create.isPending}
      error={create.error}
      onClose={onClose}
      form={(id) => (
        <Form
          id={id}
          onSubmit={(submit) => {
            submit.preventDefault();
            create.mutate();
          }}
        >
          <FormGroup label={t('tokens.segment')} fieldId="segment" isRequired>
            <FormSelect id="segment" value={segment} onChange={(_event, value) => setSegment(value as Segment)}>
              {SEGMENTS.map((one) => (
                <FormSelectOption key={one} value={one} label={word('segment', one)} />
              ))}
            </FormSelect>
          </FormGroup>
          <FormGroup label={t('tokens.division')} fieldId="org-unit">
            <UnitInput id="org-unit" value={orgUnit} onChange={setOrgUnit} aria-describedby="org-unit-help" />
            <FormHelperText>
              <HelperText>
                <HelperTextItem id="org-unit-help">{t('tokens.divisionHelp')}</HelperTextItem>
              </HelperText>
            </FormHelperText>
          </FormGroup>
          {groups.length > 0 && (
            <FormGroup label={t('tokens.group')} fieldId="token-group">
              <FormSelect id="token-group" value={group} onChange={(_event, value) => setGroup(value)}>
                <FormSelectOption value="" label={t('common.none')} />
                {groups.map((one) => (
                  <FormSelectOption key={one.id} value={one.id} label={one.name} />
                ))}
              </FormSelect>
            </FormGroup>
          )}
          <FormGroup label={t('tokens.expires')} fieldId="life">
            <FormSelect id="life" value={hours} onChange={(_event, value) => setHours(Number(value))}>
              {LIVES.map((life) => (
                <FormSelectOption
                  key={life}
                  value={life}
                  label={life % 24 === 0 && life > 24 ? t('tokens.days', { count: life / 24 }) : t('tokens.hours', { count: life })}
                />
              ))}
            </FormSelect>
          </FormGroup>
          <FormGroup label={t('tokens.uses')} fieldId="uses">
            <NumberInput
              inputProps={{ id: 'uses' }}
              inputAriaLabel={t('tokens.uses')}
              minusBtnAriaLabel="-1"
              plusBtnAriaLabel="+1"
              value={uses}
              min={1}
              max={MOST_USES}
              onMinus={() => setUses(Math.max(1, uses - 1))}
              onPlus={() => setUses(Math.min(MOST_USES, uses + 1))}
              onChange={(change) => setUses(clamp(Number((change.target as HTMLInputElement).value)))}
            />
          </FormGroup>
          <Checkbox
            id="needs-approval"
            label={t('tokens.needsApproval')}
            description={t('tokens.needsApprovalHelp')}
            isChecked={needsApproval}
            onChange={(_event, isChecked) => setNeedsApproval(isChecked)}
          />
        </Form>
      )}
    />
  );
}

function clamp(uses: number): number {
  return Number.isFinite(uses) ? Math.min(MOST_USES, Math.max(1, Math.trunc(uses))) : 1;
}
