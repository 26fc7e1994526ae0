export { type ChangeRecorder, createChangeRecorder } from './changeRecorder.ts';
export { type CameraPath, decideCameraCommand, decideProbeFacts } from './commands.ts';
export { type ActorsOf, createGrants, type Viewer, type ViewRegister } from './grants.ts';
export type { MarkOf, Snapshot, SnapshotRefusalCode } from './ports.ts';
export type { CameraGateway, CameraSource, CameraSources, MediaGrants, OpenedGrant, SourceChange } from './ports.ts';
export { addressKind, checkSourceAddress, playersOf } from './sourceAddress.ts';
export { cameraHealthAnswers } from './healthRoutes.ts';
export { discoveryAnswers } from './routes.ts';
export { type DemoLoops, openSources, type SourceTable } from './sources.ts';
export { discoverDevices, createCameraGateway, privateNetworks, type SourceNetworks } from './gateway/index.ts';
export { demoLoopPath } from './demo/index.ts';
export {
  createSteering,
  type PtzDevice,
  type Steering,
  type SteeringAsker,
  type SteeringFact,
  type Steerer,
  steeringRank,
} from './ptz/index.ts';
export { createLifts, liftAnswers, type Lifts } from './lifts/index.ts';
export { createProbes, probeAnswers, type ProbeAsker, type Probes } from './probes/index.ts';
