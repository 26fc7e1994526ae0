import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { handoverName } from '#contract/bridge/index.ts';

/**
 * The smallest windows that obey the handover: they open their channel, say which page they are and answer each frame with an echo, or do
 * what it says: `spin` (work hard for half a second), `hang`, `hoard` (take memory without end), `reload`, `where` (their place), `violations` (of the policy, so far), `graphics` (whether it may draw as maps do), `fetch URL`,
 * `part PATH RANGE` (of a file of its own origin). For tests of shells, which must not depend on the real windows being built.
 */
export async function writeBridgePages(): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'commandwall-pages-'));
  await chmod(folder, 0o755);
  for (const kind of ['console', 'wall']) await writeFile(path.join(folder, `${kind}.html`), pageHtml(kind));
  await writeFile(path.join(folder, 'page.js'), pageScript);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

const pageHtml = (kind: string) =>
  `<!doctype html><html><head><meta charset="utf-8"><meta property="csp-nonce" nonce="__CSP_NONCE__"><title>${kind}</title>` +
  `<style nonce="__CSP_NONCE__">body{background:#123}</style><script type="module" src="/page.js"></script></head><body>${kind}</body></html>`;

const pageScript = `
const name = ${JSON.stringify(handoverName)};
const page = location.pathname.slice(1);
window.violations = 0;
addEventListener('securitypolicyviolation', () => { window.violations += 1; });
const serve = (post) => ({
  open: () => post('ready ' + page),
  frame: (text) => {
    if (typeof text !== 'string') return post('bytes ' + new Uint8Array(text).join(' '));
    if (text === 'spin') spin(500);
    if (text === 'hang') spin(Infinity);
    if (text === 'hoard') hoard();
    if (text === 'reload') return location.reload();
    if (text === 'where') return post([screenX, screenY, innerWidth, innerHeight].join(' '));
    if (text.startsWith('fetch ')) return void fetch(text.slice(6)).then((answer) => answer.text()).then(post, (error) => post(String(error)));
    if (text.startsWith('part ')) return void part(text.split(' ')).then(post, (error) => post(String(error)));
    if (text === 'graphics') return post(document.createElement('canvas').getContext('webgl2') === null ? 'none' : 'webgl2');
    if (text === 'violations') return post(String(window.violations));
    post('echo ' + text);
  },
});
const part = async ([, path, range]) => {
  const answer = await fetch(path, { headers: { range } });
  return [answer.status, answer.headers.get('content-range'), await answer.text()].join(' ');
};
const spin = (forMs) => { const end = performance.now() + forMs; while (performance.now() < end); };
const hoard = () => { const kept = []; for (;;) kept.push(new Array(1e6).fill(kept.length + 0.5)); };

function overSocket(opening) {
  const socket = new WebSocket(location.origin.replace('http', 'ws') + '/bridge');
  socket.binaryType = 'arraybuffer';
  const line = serve((text) => socket.send(text));
  socket.onopen = () => socket.send(JSON.stringify(opening));
  socket.onmessage = ({ data }) => {
    const first = window.opened === undefined;
    if (!first) return line.frame(data);
    window.opened = JSON.parse(data);
    line.open();
  };
  socket.onclose = ({ code }) => {
    const token = window.opened && window.opened.token;
    window.opened = undefined;
    if (code === 1006 && token) overSocket({ type: 'token', token });
  };
  window.bridge = { close: () => socket.close() };
}

const given = window[name];
delete window[name];
const fragment = new URLSearchParams(location.hash.slice(1)).get('code');
if (given) overSocket({ type: 'code', code: given.code });
else if (fragment) overSocket({ type: 'code', code: fragment });
else addEventListener('message', ({ data, ports, source }) => {
  if (source !== window || data !== name || !ports[0]) return;
  const line = serve((text) => ports[0].postMessage(text));
  ports[0].onmessage = (event) => line.frame(event.data);
  line.open();
});
`;
