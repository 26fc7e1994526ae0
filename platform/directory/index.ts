export { type DemoScale, demoCountyProfile, demoSeed, generateDemoCounty } from './demo/index.ts';
export { spellingOf } from './demo/spelling.ts';
export { type Directory, openDirectory, rootOf, type RowOf, type TypedRow } from './directory.ts';
export { exportFolder } from './export/exportFolder.ts';
export { csvText } from './export/csvText.ts';
export { tellExport } from './export/tellExport.ts';
export { type FolderRequest, type ImportPorts, importFolder } from './import/importFolder.ts';
export { directoryAnswers } from './routes.ts';
export { type Revision, takeOver } from './takeOver.ts';
