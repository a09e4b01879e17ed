import type { components } from './schema.gen';

type Schemas = components['schemas'];

export type Bilingual = Schemas['Bilingual'];
export type Change = Schemas['Change'];
export type ChannelState = Schemas['ChannelState'];
export type EnrolmentToken = Schemas['EnrolmentToken'];
export type Finding = Schemas['Finding'];
export type Incident = Schemas['Incident'];
export type IncidentState = Schemas['IncidentState'];
export type PolicyDocument = Schemas['PolicyDocument'];
export type PolicyRevision = Schemas['PolicyRevision'];
export type Progress = Schemas['Progress'];
export type Role = Schemas['Role'];
export type SekishoEvent = Schemas['Event'];
export type Segment = Schemas['Segment'];
export type Session = Schemas['Session'];
export type Severity = Schemas['Severity'];
export type Terminal = Schemas['Terminal'];
export type TerminalRollout = Schemas['TerminalRollout'];

export const SEGMENTS: readonly Segment[] = ['MY_NUMBER', 'LGWAN', 'INTERNET'];
export const CHANNELS = ['MEDIA', 'CLIPBOARD', 'PRINT', 'NETWORK', 'PROGRAM', 'SCREEN'] as const;
export const VERDICTS = ['BLOCK', 'READ_ONLY', 'JUSTIFY', 'AUDIT', 'ALLOW'] as const;
export const SEVERITIES: readonly Severity[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'];
export const INCIDENT_STATES: readonly IncidentState[] = ['NEW', 'IN_PROGRESS', 'CLOSED'];
