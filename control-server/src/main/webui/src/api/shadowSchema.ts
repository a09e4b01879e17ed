import type { Client } from 'openapi-fetch';
import { client } from './client';

/** What `schema.gen.ts` has of shadow copies once the server's document has it: then this file goes, and `client` knows all. */
export interface ShadowSchemas {
  ShadowCopyState: 'AWAITED' | 'KEPT' | 'FAILED' | 'EXPIRED';
  ShadowOpeningState: 'ASKED' | 'APPROVED' | 'REFUSED' | 'LAPSED';
  ShadowCopy: {
    id: string;
    terminal: string;
    seq?: number;
    state: ShadowSchemas['ShadowCopyState'];
    failure?: string;
    orderedAt?: string;
    keptAt?: string;
    expiresAt?: string;
    bytes?: number;
    sha256?: string;
    custodians: string[];
    openings: ShadowSchemas['ShadowOpening'][];
  };
  ShadowOpening: {
    id: string;
    reader: string;
    reason: string;
    state: ShadowSchemas['ShadowOpeningState'];
    askedAt: string;
    approver?: string;
    decidedAt?: string;
    refusal?: string;
    lapsesAt: string;
    readAt?: string;
  };
}

interface Answer<T> {
  200: { content: { 'application/json': T } };
}

interface Reason {
  content: { 'application/json': { reason: string } };
}

interface ShadowPaths {
  '/api/v1/shadow-copies': {
    get: {
      parameters: { query?: { state?: ShadowSchemas['ShadowCopyState']; terminal?: string; after?: string; limit?: number } };
      responses: Answer<{ items: ShadowSchemas['ShadowCopy'][]; next?: string }>;
    };
  };
  '/api/v1/shadow-copies/{id}': {
    get: { parameters: { path: { id: string } }; responses: Answer<ShadowSchemas['ShadowCopy']> };
  };
  '/api/v1/shadow-copies/{id}/openings': {
    post: { parameters: { path: { id: string } }; requestBody: Reason; responses: Answer<ShadowSchemas['ShadowOpening']> };
  };
  '/api/v1/shadow-copies/{id}/openings/{opening}/refuse': {
    post: {
      parameters: { path: { id: string; opening: string } };
      requestBody: Reason;
      responses: Answer<ShadowSchemas['ShadowOpening']>;
    };
  };
}

export const shadowClient = client as unknown as Client<ShadowPaths>;
