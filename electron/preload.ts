/**
 * Runs in each page's isolated world and hands over one port, nothing else: no function of Electron or Node reaches the page. The message's
 * text is `handoverName` (contract/bridge), sent by electronWindow.ts.
 */
import { ipcRenderer } from 'electron';

/** The only part of the page that this folder, which is compiled for Node, needs to know. */
declare const window: {
  postMessage(message: string, targetOrigin: string, transfer: readonly object[]): void;
  readonly location: { readonly origin: string };
};

ipcRenderer.once('commandwallHandover', ({ ports }, name: string) => {
  window.postMessage(name, window.location.origin, ports);
});
