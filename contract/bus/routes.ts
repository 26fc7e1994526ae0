/**
 * HTTP surfaces of the platform. Bearer tokens travel in the Authorization header, never in a URL; every answer is `no-store`.
 *
 * - POST login {LoginRequest} -> SessionOpened | 401 Refusal
 * - POST logout (session) -> 204
 * - POST enrol (session) -> DeviceEnrolled
 * - GET demoAccounts -> DemoAccount[] (404 outside demo mode)
 * - GET directory/<kind>?offset=N&limit=M (session or `<deskId>:<deviceKey>`) -> DirectoryPage
 * - GET health -> { ok: true, platformNowMs }
 * - GET mediaHls/<cameraId>/<quality>/index.m3u8 and its segments (media grant)
 * - WebSocket mediaPush (media grants in its messages)
 */
export const routes = {
  login: '/api/access/login',
  logout: '/api/access/logout',
  enrol: '/api/access/enrol',
  demoAccounts: '/api/access/demo-accounts',
  directory: '/api/directory',
  health: '/api/health',
  mediaHls: '/media/hls',
  mediaPush: '/media/push',
} as const;
