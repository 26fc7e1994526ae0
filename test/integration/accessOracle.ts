/**
 * Who may what, written by hand from docs/safety.md ("Access") and docs/protocol.md ("Facts and feeds"); no line of it is worked out by
 * the code that it judges. Every question is about the town `east` and the camera `east-a` in it. A cell names the territories from
 * which it is answered: C = the county, O = that own town and the village of it in which the camera is, X = another town; `-` = from none.
 * Where town and village differ: o = the town alone, v = the village alone. Liaisons speak for the department `u-east`.
 */
const table = `
surface                   | dutyOfficer shiftLeader leader operator callBackAgent unitLiaison centerTown centerVillage responder auditor administrator device nobody
bus feed county           | C           C           C      C        C             -           C          C             -         C       C             C      -
bus feed town             | o           o           o      o        o             -           o          o             -         o       o             o      -
bus feed village          | v           v           v      v        v             -           v          v             -         v       v             v      -
bus feed unit             | -           -           -      -        -             COX         -          -             -         -       -             -      -
bus feed notice           | COX         COX         COX    COX      COX           COX         COX        COX           -         COX     COX           COX    -
bus feed audit            | -           -           -      -        -             -           -          -             -         C       -             -      -
bus feed desk             | COX         COX         COX    COX      COX           COX         COX        COX           COX       COX     COX           COX    -
bus feed otherDesk        | -           -           -      -        -             -           -          -             -         -       -             -      -
bus directory             | COX         COX         COX    COX      COX           COX         COX        COX           COX       COX     COX           COX    -
bus positions             | CO          CO          CO     CO       -             -           CO         CO            -         -       -             CO     -
bus ask console           | CO          CO          CO     CO       -             -           CO         -             -         -       -             -      -
bus ask wall              | CO          CO          CO     CO       CO            CO          CO         CO            CO        CO      CO            CO     -
bus views console         | CO          CO          CO     CO       -             -           CO         -             -         -       -             -      -
bus views wall            | CO          CO          CO     CO       CO            CO          CO         CO            CO        CO      CO            CO     -
bus particulars open      | CO          CO          CO     -        -             -           -          -             -         -       CO            -      -
bus steer ptzStatus       | CO          CO          CO     CO       -             -           CO         -             -         -       -             -      -
bus steer ptzTake         | CO          CO          CO     CO       -             -           CO         -             -         -       -             -      -
bus steer ptzMove         | CO          CO          CO     CO       -             -           CO         -             -         -       -             -      -
bus steer ptzStop         | CO          CO          CO     CO       -             -           CO         -             -         -       -             -      -
bus steer ptzGoTo         | CO          CO          CO     CO       -             -           CO         -             -         -       -             -      -
bus steer ptzRelease      | CO          CO          CO     CO       -             -           CO         -             -         -       -             -      -
bus lift askLift          | CO          CO          CO     CO       -             -           CO         -             -         -       -             -      -
bus lift liftStatus       | CO          CO          CO     CO       -             -           CO         -             -         -       -             -      -
bus lift endLift          | CO          CO          CO     CO       -             -           CO         -             -         -       -             -      -
bus probe probe           | CO          CO          CO     CO       -             -           CO         -             -         -       CO            -      -
bus probe probeStatus     | CO          CO          CO     CO       -             -           CO         -             -         -       CO            -      -
bus follow followOne      | CO          CO          CO     CO       -             -           CO         CO            -         -       -             -      -
bus evidence take         | CO          CO          CO     CO       -             -           -          -             -         -       -             -      -
bus evidence list         | CO          CO          CO     CO       -             -           -          -             -         -       CO            -      -
bus evidence open         | CO          CO          CO     CO       -             -           -          -             -         -       -             -      -
bus command reportFault   | CO          CO          CO     CO       -             -           CO         CO            -         -       CO            -      -
bus command clearFault    | CO          CO          -      -        -             -           -          -             -         -       CO            -      -
bus command judgeUnmoving | CO          CO          CO     CO       -             -           CO         CO            -         -       CO            -      -
bus command eraseParticulars | -        CO          -      -        -             -           -          -             -         -       CO            -      -
bus command erase         | -           CO          -      -        -             -           -          -             -         -       CO            -      -
bus command draw          | CO          CO          CO     CO       -             -           CO         -             -         -       -             -      -
bus command eraseDrawing  | CO          CO          -      -        -             -           -          -             -         -       -             -      -
hls media console         | CO          CO          CO     CO       -             -           CO         -             -         -       -             -      -
hls media wall            | CO          CO          CO     CO       CO            CO          CO         CO            CO        CO      CO            CO     -
push media console        | CO          CO          CO     CO       -             -           CO         -             -         -       -             -      -
push media wall           | CO          CO          CO     CO       CO            CO          CO         CO            CO        CO      CO            CO     -
whep media console        | CO          CO          CO     CO       -             -           CO         -             -         -       -             -      -
whep media wall           | CO          CO          CO     CO       CO            CO          CO         CO            CO        CO      CO            CO     -
picture evidence kept     | CO          CO          CO     CO       -             -           -          -             -         -       -             -      -
http health               | COX         COX         COX    COX      COX           COX         COX        COX           COX       COX     COX           COX    COX
http positionsHealth      | -           -           -      -        -             -           -          -             -         -       C             -      -
http adminPage            | COX         COX         COX    COX      COX           COX         COX        COX           COX       COX     COX           COX    COX
http adminAssets          | COX         COX         COX    COX      COX           COX         COX        COX           COX       COX     COX           COX    COX
http demoAccounts         | COX         COX         COX    COX      COX           COX         COX        COX           COX       COX     COX           COX    COX
http login                | COX         COX         COX    COX      COX           COX         COX        COX           COX       COX     COX           COX    COX
http firstAdministrator   | -           -           -      -        -             -           -          -             -         -       -             -      -
http directory            | CO          CO          CO     CO       CO            CO          CO         CO            -         -       CO            CO     -
http mapManifest          | COX         COX         COX    COX      COX           COX         COX        COX           -         -       COX           COX    -
http mapFile              | COX         COX         COX    COX      COX           COX         COX        COX           -         -       COX           COX    -
http discoverCameras      | -           -           -      -        -             -           -          -             -         -       C             -      -
http probeCameras         | -           -           -      -        -             -           -          -             -         -       C             -      -
http directoryImport      | -           -           -      -        -             -           -          -             -         -       C             -      -
http directoryExport      | -           -           -      -        -             -           -          -             -         -       C             -      -
http enrol                | COX         COX         -      -        -             -           COX        -             -         -       COX           -      -
http changePassword       | COX         COX         COX    COX      COX           COX         COX        COX           COX       COX     COX           -      -
http firstAdministratorWanted | COX         COX         COX    COX      COX           COX         COX        COX           COX       COX     COX           COX    COX
http people               | -           -           -      -        -             -           -          -             -         -       C             -      -
http personNames          | CO          CO          CO     CO       CO            -           CO         CO            -         CO      CO            -      -
http addPerson            | -           -           -      -        -             -           -          -             -         -       C             -      -
http changePerson         | -           -           -      -        -             -           -          -             -         -       C             -      -
http previewRights        | -           -           -      -        -             -           -          -             -         -       C             -      -
http auditPage            | COX         COX         COX    COX      COX           COX           COX        COX           COX       COX     COX           COX    COX
http rosterPage           | COX         COX         COX    COX      COX           COX         COX        COX           COX       COX     COX           COX    COX
http waitingLifts         | -           -           COX    -        -             -           -          -             -         -       -             -      -
http answerLift           | -           -           COX    -        -             -           -          -             -         -       -             -      -
http auditChoices         | -           -           -      -        -             -             -          -             -         C       -             -      -
http readLooking          | -           -           -      -        -             -             -          -             -         C       -             -      -
http readAudit            | -           -           -      -        -             -             -          -             -         C       -             -      -
http exportRegister       | -           -           -      -        -             -             -          -             -         C       -             -      -
http verifyRecord         | -           -           -      -        -             -             -          -             -         C       -             -      -
http readFaults           | CO          CO          CO     CO       CO            -             CO         CO            -         CO      CO            CO     -
http cameraHealth         | CO          CO          CO     CO       CO            -             CO         CO            -         CO      CO            CO     -
http loadHistory          | CO          CO          CO     CO       CO            -             CO         CO            -         CO      CO            CO     -
http exportCameraHealth   | -           -           -      -        -             -           -          -             -         -       C             -      -
http search               | CO          CO          CO     CO       CO            CO            CO         CO            -         -       CO            -      -
http logout               | COX         COX         COX    COX      COX           COX         COX        COX           COX       COX     COX           COX    COX
`;

const [heading = '', ...lines] = table.trim().split('\n');
const cellsOf = (line: string) => (line.split('|')[1] ?? '').trim().split(/\s+/);

/** Columns: roles, a workstation that nobody is logged in at, and nobody at all. */
export const askers: readonly string[] = cellsOf(heading);

/** Rows: what is asked, first by which transport. */
export const questions: readonly string[] = lines.map((line) => (line.split('|')[0] ?? '').trim());

/** Territories that are asked from, as the cells write them; V is the village. */
export const territories = { C: 'testland', O: 'east', V: 'east-1', X: 'west' } as const;
export type TerritoryLetter = keyof typeof territories;

/** What the table says. */
export function isExpected({ question, asker, from }: { question: string; asker: string; from: TerritoryLetter }): boolean {
  const cells = cellsOf(lines[questions.indexOf(question)] ?? '');
  const cell = cells[askers.indexOf(asker)] ?? '';
  return from === 'V' ? /[Ov]/.test(cell) : cell.includes(from) || (from === 'O' && cell.includes('o'));
}
