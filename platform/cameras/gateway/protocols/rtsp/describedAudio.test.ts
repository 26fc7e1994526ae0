import { expect, test } from 'vitest';
import { audioOf } from './describedAudio.ts';

const video = 'v=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n';

test.each([
  ['no sound', '', 'none'],
  ['A-law by its number alone', 'm=audio 0 RTP/AVP 8\r\n', 'pcma'],
  ['µ-law with a word', 'm=audio 0 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000/1\r\n', 'pcmu'],
  ['AAC under its long name', 'm=audio 0 RTP/AVP 97\r\na=rtpmap:97 MPEG4-GENERIC/16000/1\r\n', 'aac'],
  ['G.726', 'm=audio 0 RTP/AVP 98\r\na=rtpmap:98 G726-32/8000\r\n', 'g726-32'],
  ['a number that nothing explains', 'm=audio 0 RTP/AVP 101\r\n', null],
  ['a line that is none', 'm=audio\r\n', null],
  ['a word with odd letters', 'm=audio 0 RTP/AVP 97\r\na=rtpmap:97 <script>/8000\r\n', null],
  ['a name without end', `m=audio 0 RTP/AVP 97\r\na=rtpmap:97 ${'x'.repeat(300)}/8000\r\n`, null],
])('%s', (_what, more, audio) => {
  expect(audioOf(video + more)).toBe(audio);
});
