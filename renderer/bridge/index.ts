export type { Answer } from './answers.ts';
export { type Bridge, type BridgeListener, createBridge } from './bridge.ts';
export type { Connector, FrameChannel } from './channel.ts';
export { createPageConnector } from './connector.ts';
export { listenForHandovers } from './handover.ts';
