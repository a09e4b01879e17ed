import type { components } from './schema.gen';

type Schemas = components['schemas'];

/** As it comes over the wire: what the document calls optional may also be null. */
type Wire<T> = T extends readonly (infer Item)[]
  ? Wire<Item>[]
  : T extends object
    ? { [Key in keyof T]: undefined extends T[Key] ? Wire<Exclude<T[Key], undefined>> | null | undefined : Wire<T[Key]> }
    : T;

/** With fields whose values the document leaves open, but the contract names. */
type Narrow<T, Fields> = Omit<T, keyof Fields> & Fields;

export type Segment = 'MY_NUMBER' | 'LGWAN' | 'INTERNET';
export type Severity = 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL';
export type Role = 'administrator' | 'approver' | 'responder' | 'auditor';
export type Progress = Schemas['Terminal']['progress'];
export type IncidentState = Schemas['Incident']['state'];

export type Bilingual = Wire<Schemas['LocalText']>;
export type Change = Wire<Schemas['PolicyChange']>;
export type ChannelState = Wire<Schemas['ChannelState']>;
export type Finding = Wire<Schemas['Finding']>;
export type PolicyCheckResult = Narrow<Wire<Schemas['PolicyCheckResult']>, { segment?: Segment | null }>;
export type PolicyDiffResult = Wire<Schemas['PolicyDiffResult']>;
export type PolicyTemplate = Narrow<Wire<Schemas['PolicyTemplate']>, { segment: Segment }>;
export type PolicyRevision = Narrow<Wire<Schemas['Policy']>, { segment: Segment }>;
export type TerminalRollout = Narrow<Wire<Schemas['RolloutEntry']>, { progress: Progress }>;
export type Explanation = Wire<Schemas['DecisionExplanation']>;
export type Proposal = Narrow<Wire<Schemas['PolicyProposal']>, { segment: Segment }>;
export type Pilot = Schemas['Pilot'];
export type SignedDocument = Schemas['SignedDocument'];
export type SimulationLine = Wire<Schemas['SimulationLine']>;
export type SimulationReport = Wire<Schemas['SimulationReport']>;
export type SimulationGroup = SimulationReport['groups'][number];
export type Server = Wire<Schemas['Server']>;
export type EnrolmentToken = Narrow<Wire<Schemas['EnrolmentToken']>, { segment: Segment }>;
export type Terminal = Narrow<Wire<Schemas['Terminal']>, { segment: Segment }>;
export type Command = Wire<Schemas['Command']>;
export type CommandKind = 'LOCK_SESSIONS' | 'ISOLATE' | 'RELEASE' | 'COLLECT_STATUS' | 'SHOW_MESSAGE';
export type TerminalState = Schemas['Terminal']['state'];
export type TerminalStanding = Schemas['TerminalStanding'];
export type TerminalSummary = Schemas['TerminalSummary'];
export type Alarm = Wire<Schemas['Alarm']>;
export type AlarmKind = Schemas['AlarmKind'];
export const ALARM_KINDS = ['SILENT', 'CHANNEL', 'CLOCK', 'JOURNAL_SHORT', 'RECORD_LOST'] as const satisfies readonly AlarmKind[];
export type AlarmCounts = Schemas['AlarmCounts'];
export type AlarmSettings = Schemas['AlarmSettings'];
export type Report = Wire<Schemas['Report']>;
export type ReportPart = Wire<Schemas['ReportPart']>;
export type ReportKind = Schemas['ReportKind'];
export const REPORT_KINDS = ['ENFORCEMENT', 'SELF_INSPECTION', 'EXFILTRATION', 'OPERATOR_AUDIT'] as const satisfies readonly ReportKind[];
export type AttemptSeries = Schemas['AttemptSeries'];
export type AttemptLine = Schemas['AttemptLine'];
export type TerminalGroup = Narrow<Wire<Schemas['TerminalGroup']>, { segment?: Segment | null }>;
export type SekishoEvent = Narrow<
  Wire<Schemas['Event']>,
  { severity?: Severity | null; /** Any JSON. */ detail: unknown }
>;
export type EventHistogram = Schemas['EventHistogram'];
export type ExportDestination = Wire<Schemas['ExportDestination']>;
export type NewlyMadeDestination = Wire<Schemas['NewlyMadeExportDestination']>;
export type SavedSearch = Schemas['SavedSearch'];
export type Incident = Narrow<
  Wire<Schemas['Incident']>,
  { severity: Severity; events?: SekishoEvent[] | null }
>;

export type Overview = Omit<Wire<Schemas['Overview']>, 'oldestIncident' | 'policies'> & {
  oldestIncident?: Incident | null;
  policies: PolicyRevision[];
};

export type IncidentFindingKind = Schemas['IncidentFinding'];
export type Timeline = Wire<Schemas['Timeline']>;
export type TimelineEntry = Timeline['items'][number];
export type SimilarIncident = Omit<Wire<Schemas['SimilarIncident']>, 'incident'> & { incident: Incident };
export type ReportDraft = Wire<Schemas['ReportDraft']>;
export type ReportStage = Schemas['ReportStage'];
export type ReportItem = Schemas['ReportItem'];
export const REPORT_STAGES = ['PRELIMINARY', 'FINAL'] as const satisfies readonly ReportStage[];
export type IncidentCounts = Wire<Schemas['IncidentCounts']>;

export type IncidentRules = Wire<Schemas['IncidentRules']>;
export type IncidentRule = IncidentRules['rules'][number];
export type IncidentKind = Schemas['IncidentKind'];
export type IncidentRulesPreview = Schemas['IncidentRulesPreview'];
export type NotificationSubscription = Wire<Schemas['NotificationSubscription']>;
export type NewlyMadeSubscription = Wire<Schemas['NewlyMadeNotificationSubscription']>;
export type NotificationTopic = Schemas['NotificationTopic'];
export type MailServer = Wire<Schemas['MailServer']>;
export type MailTestResult = Wire<Schemas['MailTestResult']>;
export type Device = Wire<Schemas['Device']>;
export type Medium = Narrow<Wire<Schemas['Medium']>, { segment: Segment }>;
export type MediumState = Schemas['MediumState'];
export type Permit = Wire<Schemas['Permit']>;
export type PermitState = Schemas['PermitState'];
export type ShadowCopy = Wire<Schemas['ShadowCopy']>;
export type ShadowCopyState = Schemas['ShadowCopyState'];
export type ShadowOpening = Wire<Schemas['ShadowOpening']>;
export type ShadowOpeningState = Schemas['ShadowOpeningState'];

/** A role, for the whole organisation or a branch of it. */
export type RoleGrant = Narrow<Wire<Schemas['RoleGrant']>, { role: Role }>;
export type Operator = Narrow<Wire<Schemas['Operator']>, { kind: 'PERSON' | 'SERVICE'; roles: RoleGrant[] }>;
export type Invitation = Narrow<Wire<Schemas['Invitation']>, { roles?: RoleGrant[] | null }>;
export type Passkey = Wire<Schemas['Passkey']>;
export type PasskeyCreation = Schemas['PasskeyCreation'];
export type PasskeyRequest = Schemas['PasskeyRequest'];
export type DeviceRequest = Schemas['DeviceRequest'];
export type OrgUnit = Schemas['OrgUnit'];

export interface OperatorToken {
  id: string;
  label: string;
  roles: RoleGrant[];
  createdAt: string;
  expiresAt: string;
  revoked: boolean;
}

export interface SignInMethods {
  /** Null where the server's name is an address: browsers make no passkeys for that. */
  passkeyDomain: string | null;
  operatorToken: boolean;
  /** What the city's identity provider is called; null where there is none. */
  identityProvider: string | null;
}

export interface Session {
  operator: { id: string; name: string };
  roles: Role[];
  grants: RoleGrant[];
  /** Null for who came with an operator token instead of the console's cookie. */
  csrf: string | null;
  expiresAt: string | null;
}

/** One page of a list; `next` is null on the last. */
export interface Page<Item> {
  items: Item[];
  next: string | null;
}

export const ROLES: readonly Role[] = ['administrator', 'approver', 'responder', 'auditor'];
export const SEGMENTS: readonly Segment[] = ['MY_NUMBER', 'LGWAN', 'INTERNET'];
export const CHANNELS = ['MEDIA', 'CLIPBOARD', 'PRINT', 'NETWORK', 'PROGRAM', 'SCREEN'] as const;
export const VERDICTS = ['BLOCK', 'READ_ONLY', 'JUSTIFY', 'AUDIT', 'ALLOW'] as const;
export const SEVERITIES: readonly Severity[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'];
export const FINDINGS: readonly IncidentFindingKind[] = [
  'LEAK',
  'SUSPECTED_LEAK',
  'VIOLATION',
  'MISTAKE',
  'AUTHORISED',
  'FALSE_ALARM',
  'TECHNICAL',
];
export const INCIDENT_KINDS: readonly IncidentKind[] = [
  'ATTEMPT',
  'CHAIN_GAP',
  'CHAIN_FORK',
  'CHAIN_REWIND',
  'CHAIN_BAD_HASH',
  'CHAIN_MALFORMED',
  'BAD_SIGNATURE',
  'WRONG_IDENTITY',
  'REFUSED_IDENTITY',
  'POLICY_REFUSED',
  'LOSS',
  'CLOCK_JUMP',
  'TAMPER',
  'LOST_MEDIUM',
  'DESKTOP_GAP',
];
export const NOTIFICATION_TOPICS: readonly NotificationTopic[] = ['INCIDENT_OPENED', 'INCIDENT_OVERDUE', 'ALARM'];
export const MEDIUM_STATES: readonly MediumState[] = ['IN_USE', 'LOST', 'EXPIRED', 'WITHDRAWN'];
export const PERMIT_STATES: readonly PermitState[] = ['ACTIVE', 'UPCOMING', 'USED_UP', 'ENDED', 'REVOKED'];
export const SHADOW_COPY_STATES: readonly ShadowCopyState[] = ['KEPT', 'AWAITED', 'FAILED', 'EXPIRED'];
export const INCIDENT_STATES: readonly IncidentState[] = ['NEW', 'IN_PROGRESS', 'CLOSED'];
