import { expect, test } from 'vitest';
import { answerChallenge, readChallenge } from './challenge.ts';

const mufasa = { user: 'Mufasa', password: 'Circle Of Life' };
const asked = { credentials: mufasa, method: 'GET', uri: '/dir/index.html', clientNonce: '0a4f113b', count: 1 };

test('the example of RFC 2617 gets the answer of RFC 2617', () => {
  const challenge = readChallenge([
    'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"',
  ]);
  const answer = answerChallenge(challenge!, asked);
  expect(answer).toContain('response="6629fae49393a05397450978507c4ef1"');
  expect(answer).toContain('qop=auth, nc=00000001, cnonce="0a4f113b"');
  expect(answer).toContain('opaque="5ccc069c403ebaf9f0171e9517f40e41"');
});

test('the example of RFC 7616 gets its SHA-256 answer, also when MD5 is offered before it', () => {
  const credentials = { user: 'Mufasa', password: 'Circle of Life' };
  const offer = 'realm="http-auth@example.org", qop="auth, auth-int", nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"';
  const challenge = readChallenge([`Digest ${offer}, algorithm=MD5`, `Digest ${offer}, algorithm=SHA-256`]);
  const clientNonce = 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ';
  expect(answerChallenge(challenge!, { ...asked, credentials, clientNonce })).toContain(
    'response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"',
  );
});

test('a camera without qop gets the short form, as cheap ones want it', () => {
  const challenge = readChallenge(['Digest realm="IP Camera(12345)", nonce="abc", stale="FALSE"']);
  const answer = answerChallenge(challenge!, { ...asked, method: 'DESCRIBE', uri: 'rtsp://10.0.0.1/live' });
  expect(answer).not.toContain('qop');
  expect(challenge).toMatchObject({ isStale: false, quality: null });
});

test('digest is preferred to basic, whichever comes first and in one header or two', () => {
  for (const headers of [['Basic realm="a"', 'Digest realm="a", nonce="n"'], ['Basic realm="a", Digest realm="a", nonce="n"']]) {
    expect(readChallenge(headers)?.scheme).toBe('digest');
  }
  expect(answerChallenge(readChallenge(['Basic realm="a"'])!, asked)).toBe('Basic TXVmYXNhOkNpcmNsZSBPZiBMaWZl');
});

test('a challenge that nobody can answer is none', () => {
  expect(readChallenge(['Negotiate', 'Digest realm="a"', 'Digest realm="a", nonce="n", algorithm=MD4'])).toBe(null);
});

test('quotes in a name or a realm do not end their parameter', () => {
  const challenge = readChallenge(['Digest realm="a", nonce="n"']);
  const answer = answerChallenge(challenge!, { ...asked, credentials: { user: 'a", response="x', password: '' } });
  expect(answer).toContain('username="a\\", response=\\"x"');
});
