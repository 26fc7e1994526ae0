export { type DemoLight, type DemoSceneKind, demoSceneKinds } from '#platform/demo/streamingCameras.ts';
export { demoLoopPath } from './demoLoopPath.ts';
export { type DemoScene, demoScenes } from './scenes.ts';
