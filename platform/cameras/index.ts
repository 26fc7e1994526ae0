export { type CameraPath, decideCameraCommand, decideSourceFacts } from './commands.ts';
export { type ActorsOf, createGrants, type ViewChange, type Viewer } from './grants.ts';
export type { CameraGateway, CameraSource, CameraSources, MediaGrants, OpenedGrant, SourceChange } from './ports.ts';
export { type DemoLoops, openSources, type SourceTable } from './sources.ts';
export { checkSourceUrl, createCameraGateway, privateNetworks, type SourceNetworks } from './gateway/index.ts';
export { demoLoopPath } from './demo/index.ts';
