/**
 * HTTP surfaces of the platform. Bearer tokens travel in the Authorization header, never in a URL; every answer is `no-store`.
 *
 * - POST login {LoginRequest} -> SessionOpened | 401 Refusal
 * - POST logout (session) -> 204
 * - POST enrol (session) -> DeviceEnrolled
 * - POST firstAdministrator {FirstAdministrator} -> 204 | 403 Refusal (only while there is no administrator)
 * - GET firstAdministrator -> FirstAdministratorWanted
 * - POST password {ChangePassword} (session, also one that is good for nothing else) -> 204 | Refusal
 * - GET demoAccounts -> DemoAccount[] (404 outside demo mode)
 * - GET people -> AccountView[]; POST people {AddPerson} -> PersonChanged | Refusal (session with access.administer over the county)
 * - POST changePerson {PersonChange} -> PersonChanged | Refusal; POST previewRights {PreviewRights} -> RightsPreview (the same right)
 * - POST names {AskPersonNames} -> PersonNames (session with feed.read; authors of what its feeds hold)
 * - GET directory/<kind>?offset=N&limit=M (session or `<deskId>:<deviceKey>`) -> DirectoryPage
 * - POST directoryImport {ImportRequest} (session with directory.import) -> ImportReport | Refusal
 * - POST discoverCameras {DiscoverRequest} (session with directory.import) -> DevicesFound
 * - POST probeCameras {ProbeRound} (session with directory.import) -> ProbedCameras | Refusal
 * - POST directoryExport {ExportRequest} (session with directory.export) -> ExportFolder
 * - GET adminPage: the administration page; GET adminAssets/<file>: what it loads
 * - POST search {SearchRequest} -> SearchAnswer | Refusal (session with search.ask)
 * - POST looking {LookingQuery} -> LookingPage; POST auditEntries {AuditQuery} -> AuditPage; POST auditExport {RegisterExport} -> a page of
 *   many rows; POST auditVerify {} -> RecordVerified; GET auditChoices -> AuditChoices (session with audit.read over the county)
 * - POST faults {FaultQuery} -> FaultPage (session or workstation with feed.read; rows of its territory)
 * - GET cameraHealth -> CameraHealth (session or workstation with feed.read; cameras of its territory)
 * - GET loadHistory -> LoadHistory (session or workstation with feed.read; grids of its territory)
 * - POST exportCameraHealth -> CameraHealth, on the record (session with directory.export over the county)
 * - GET auditPage: the auditors' page
 * - GET rosterPage: the leaders' phone page; GET waitingLifts -> WaitingLifts; POST answerLift {AnswerLift} -> AnsweredLift (session with
 *   cameras.answerLift; only what rings that person)
 * - GET health -> { ok: true, platformNowMs, record: 'writable' | 'readOnly' }
 * - GET positionsHealth -> how many reports of positions were taken and refused, by reason (session with access.administer over the county)
 * - GET mapManifest -> PackManifest, GET mapFiles/<hash>/<file>, also in ranges (session or workstation with directory.read; contract/map)
 * - GET mediaHls/<cameraId>/<quality>/index.m3u8 and its segments (media grant)
 * - POST mediaWhep/<cameraId>/<quality> and what it opens (media grant; contract/cameras/whep.ts)
 * - GET mediaEvidence/<evidenceId> (a right to one opening; contract/evidence)
 * - WebSocket mediaPush (media grants in its messages)
 */
export const routes = {
  login: '/api/access/login',
  logout: '/api/access/logout',
  password: '/api/access/password',
  enrol: '/api/access/enrol',
  demoAccounts: '/api/access/demo-accounts',
  firstAdministrator: '/api/access/first-administrator',
  people: '/api/access/people',
  changePerson: '/api/access/people/change',
  previewRights: '/api/access/people/preview',
  personNames: '/api/access/names',
  directory: '/api/directory',
  discoverCameras: '/api/cameras/discover',
  probeCameras: '/api/cameras/probes',
  directoryImport: '/api/directory/import',
  directoryExport: '/api/directory/export',
  adminPage: '/admin/',
  adminAssets: '/assets',
  search: '/api/search',
  looking: '/api/audit/looking',
  auditEntries: '/api/audit/entries',
  auditExport: '/api/audit/export',
  auditVerify: '/api/audit/verify',
  auditChoices: '/api/audit/choices',
  faults: '/api/cameras/faults',
  cameraHealth: '/api/cameras/health',
  exportCameraHealth: '/api/cameras/health/export',
  loadHistory: '/api/incidents/load-history',
  auditPage: '/audit/',
  rosterPage: '/roster/',
  waitingLifts: '/api/cameras/lifts',
  answerLift: '/api/cameras/lifts/answer',
  health: '/api/health',
  positionsHealth: '/api/health/positions',
  mapManifest: '/map/pack/manifest.json',
  mapFiles: '/map/pack',
  mediaHls: '/media/hls',
  mediaPush: '/media/push',
  mediaWhep: '/media/whep',
  mediaEvidence: '/media/evidence',
} as const;
