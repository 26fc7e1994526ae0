export { KeptTable } from './KeptTable.tsx';
export { PictureBox } from './PictureBox.tsx';
export { TakeForm } from './TakeForm.tsx';
export { useEvidenceRights } from './useEvidenceRights.ts';
export { useKeptList } from './useKeptList.ts';
export { useKeptPicture } from './useKeptPicture.ts';
