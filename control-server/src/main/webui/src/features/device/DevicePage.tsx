import { Button, Card, CardBody, Flex, Form, FormGroup, FormSelect, FormSelectOption, TextInput } from '@patternfly/react-core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { client } from '../../api/client';
import type { DeviceRequest, RoleGrant } from '../../api/model';
import { deviceQuery } from '../../api/queries';
import { toProblem } from '../../api/problem';
import { useSession } from '../../app/session';
import { Facts } from '../../ui/Facts';
import { Loading } from '../../ui/Loading';
import { Notice } from '../../ui/Notice';
import { PageFrame } from '../../ui/PageFrame';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { RolesField, sendable } from '../../ui/RolesField';
import { When } from '../../ui/When';

/** Days that a command's token may live. */
const LIVES = [1, 7, 30, 90] as const;

/** Where somebody lets in a command that shows a code (RFC 8628). */
export function DevicePage() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const code = params.get('code') ?? '';
  const [typed, setTyped] = useState('');
  const request = useQuery(deviceQuery(code));
  const [outcome, setOutcome] = useState<'approved' | 'denied'>();

  return (
    <PageFrame title={t('device.title')} lead={t('device.lead')}>
      {outcome !== undefined ? (
        <Notice variant={outcome === 'approved' ? 'success' : 'info'} title={t(`device.${outcome}`)} />
      ) : (
        <Card>
          <CardBody className="sk-stack">
            {code === '' && (
              <Form
                onSubmit={(submit) => {
                  submit.preventDefault();
                  setParams({ code: typed.trim() });
                }}
              >
                <FormGroup label={t('device.code')} isRequired fieldId="code">
                  <TextInput
                    id="code"
                    value={typed}
                    maxLength={32}
                    onChange={(_event, text) => setTyped(text)}
                    isRequired
                    autoFocus
                    autoComplete="off"
                    spellCheck={false}
                  />
                </FormGroup>
                <Button type="submit" isDisabled={typed.trim() === ''}>
                  {t('device.look')}
                </Button>
              </Form>
            )}
            {code !== '' && request.isPending && <Loading />}
            {request.isError &&
              (toProblem(request.error).status === 404 ? (
                <Notice variant="warning" title={t('device.unknown')} />
              ) : (
                <ProblemAlert error={request.error} />
              ))}
            {request.data !== undefined && <Decision request={request.data} onDone={setOutcome} />}
          </CardBody>
        </Card>
      )}
    </PageFrame>
  );
}

function Decision({ request, onDone }: { request: DeviceRequest; onDone: (outcome: 'approved' | 'denied') => void }) {
  const { t } = useTranslation();
  const session = useSession();
  const [roles, setRoles] = useState<RoleGrant[]>(session.grants);
  const [days, setDays] = useState(7);
  const path = { code: request.code };
  const approve = useMutation({
    mutationFn: () =>
      client.POST('/api/v1/device/requests/{code}/approval', {
        params: { path },
        body: { roles: sendable(roles), expiresAt: new Date(Date.now() + days * 86_400_000).toISOString() },
      }),
    onSuccess: () => onDone('approved'),
  });
  const deny = useMutation({
    mutationFn: () => client.POST('/api/v1/device/requests/{code}/denial', { params: { path } }),
    onSuccess: () => onDone('denied'),
  });
  const isBusy = approve.isPending || deny.isPending;
  return (
    <>
      <Notice variant="warning" title={t('device.compare')} />
      <p className="sk-code">{request.code}</p>
      <Facts
        facts={[
          [t('device.client'), request.client],
          [t('device.address'), request.address],
          [t('device.since'), <When key="since" at={request.createdAt} />],
        ]}
      />
      {approve.isError && <ProblemAlert error={approve.error} />}
      {deny.isError && <ProblemAlert error={deny.error} />}
      <Form
        onSubmit={(submit) => {
          submit.preventDefault();
          approve.mutate();
        }}
      >
        <RolesField value={roles} onChange={setRoles} />
        <FormGroup label={t('tokens.expires')} fieldId="life">
          <FormSelect id="life" value={days} onChange={(_event, value) => setDays(Number(value))}>
            {LIVES.map((life) => (
              <FormSelectOption key={life} value={life} label={t('tokens.days', { count: life })} />
            ))}
          </FormSelect>
        </FormGroup>
        <Flex>
          <Button type="submit" isDisabled={isBusy} isLoading={approve.isPending}>
            {t('device.approve')}
          </Button>
          <Button variant="danger" isDisabled={isBusy} isLoading={deny.isPending} onClick={() => deny.mutate()}>
            {t('device.deny')}
          </Button>
        </Flex>
      </Form>
    </>
  );
}
