import type { BaseLogger } from 'pino';

/** The part of a pino logger that the gateway uses. */
export type GatewayLog = Pick<BaseLogger, 'debug' | 'info' | 'warn' | 'error'>;
