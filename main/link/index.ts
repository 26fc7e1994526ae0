export { askPlatform } from './askPlatform.ts';
export { createDownload, type Download, type Downloading } from './download.ts';
export { createLinkJournal } from './linkJournal.ts';
export { createPlatformHttp, type PlatformHttp } from './platformHttp.ts';
export { createSocketTransport } from './socketTransport.ts';
