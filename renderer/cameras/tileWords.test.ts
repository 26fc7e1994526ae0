import { describe, expect, test } from 'vitest';
import type { Language } from '#contract/bridge/index.ts';
import type { Camera, CameraCondition, TileState } from '#contract/cameras/index.ts';
import { openWords, refusalText } from '../language/index.ts';
import { timeText } from '../language/timeText.ts';
import { type Speech, tileWords } from './tileWords.ts';

const nowMs = 1_000_000;
const camera = { number: '0107', cameraClass: 'ordinary', maintainer: '电信 李工', maintainerPhone: '000-0003-0000' } as Camera;
const masked = { ...camera, cameraClass: 'school', masks: [[]] } as unknown as Camera;
/** 08:41 of the 23rd in the county. */
const reportedAtMs = Date.UTC(2026, 10, 23, 0, 41);
const reported = { fault: { kind: 'blurred', reportedAtMs } } as CameraCondition;
const live: TileState = { kind: 'live', pictureAtMs: nowMs, latencyMs: 500, clock: 'arrival' };

async function speechIn(language: Language): Promise<Speech> {
  const { i18n } = await openWords({ features: ['cameras', 'access'], language });
  const { t } = i18n;
  return {
    t,
    time: (atMs, style) => (atMs < reportedAtMs ? `<${style} ${atMs}>` : timeText(atMs, { style, timeZone: 'Asia/Shanghai', language })),
    duration: (ms) => `<${ms / 1000} s>`,
    refusal: (refusal) => refusalText(t, refusal),
  };
}

type Told = Partial<Omit<Parameters<typeof tileWords>[0], 'nowMs' | 'speech' | 'tile'>>;
const rows: readonly (readonly [what: string, tile: TileState, told: Told, badge: string | null, lines: readonly string[]])[] = [
  ['a picture as it should be says nothing more', live, {}, null, []],
  ['a wait is not named before it is one', { kind: 'connecting', sinceMs: nowMs - 200 }, { phase: 'gateway' }, null, []],
  ['a wait names what is awaited', { kind: 'connecting', sinceMs: nowMs - 400 }, { phase: 'grant' }, null, ['正在向平台申请调看']],
  [
    'a long wait says that it goes on by itself',
    { kind: 'connecting', sinceMs: nowMs - 6_000 },
    { phase: 'playing' },
    null,
    ['等待第一帧画面', '已等 <6 s>，自动重试中'],
  ],
  [
    'a picture that does not move says since when',
    { kind: 'unmoving', pictureAtMs: nowMs, sinceMs: nowMs - 60_000 },
    {},
    '画面不动 <60 s>',
    [],
  ],
  [
    'one that stands still says for how long, and that something is done',
    { kind: 'stale', lastPictureAtMs: 1, sinceMs: nowMs - 4_000, reason: 'noFrames' },
    {},
    '停滞 <4 s> · 正在恢复',
    [],
  ],
  [
    'one that comes late is not said to stand still',
    { kind: 'stale', lastPictureAtMs: 1, sinceMs: nowMs - 4_000, reason: 'delayed' },
    {},
    '画面延迟 <4 s> · 正在恢复',
    [],
  ],
  [
    'one that is away says since when, of when its last picture is, and who helps',
    { kind: 'offline', lastPictureAtMs: 7, sinceMs: 9 },
    { camera, condition: reported },
    '<minutes 9> 起离线',
    ['最后画面 <seconds 7>', '运维：电信 李工 ☎ 000\u20110003\u20110000', '已报修 0107\u20111123\u20110841'],
  ],
  [
    'one that never had a picture says so, and without a name nobody is named',
    { kind: 'offline', lastPictureAtMs: null, sinceMs: 9 },
    { camera: { ...camera, maintainer: '' } },
    '<minutes 9> 起离线',
    ['无最后画面'],
  ],
  [
    'a refusal is a sentence and its code',
    { kind: 'refused', code: 'cameras.transcodingFull' },
    {},
    null,
    ['需转码，额度已满', '代码 cameras.transcodingFull'],
  ],
  [
    'a covered camera is no fault: it says who can lift it',
    { kind: 'refused', code: 'cameras.masked' },
    {},
    null,
    ['已遮挡 · 敏感点位，没有可看的遮挡画面', '解除须带班领导同意'],
  ],
  ['a masked picture says so, and who can lift it', live, { camera: masked }, '部分遮挡 · 解除须带班领导同意', []],
  ['a lifted one says until when', live, { camera: masked, liftedUntilMs: nowMs + 1 }, `遮挡已解除 · 至 <minutes ${nowMs + 1}>`, []],
  ['and no longer than that', live, { camera: masked, liftedUntilMs: nowMs }, '部分遮挡 · 解除须带班领导同意', []],
  ['the small picture in a large tile says why', live, { isLowered: true, reason: 'lineSlow' }, '子码流：线路慢', []],
  ['a way that is no smaller picture is no news', live, { reason: 'unreached' }, null, []],
  ['a picture that is held says that it is, before anything else', live, { isHeld: true, camera: masked }, '切换码流中，画面保持', []],
  ['a reported fault is on the tile with its number', live, { condition: reported }, '已报修 0107\u20111123\u20110841', []],
];

const usual = {
  phase: 'playing',
  reason: null,
  isLowered: false,
  isHeld: false,
  liftedUntilMs: null,
  camera,
  condition: undefined,
} as const;

describe('what a tile says', () => {
  test.each(rows)('%s', async (...row) => {
    const [, tile, told, badge, lines] = row;
    const said = tileWords({ ...usual, ...told, tile, nowMs, speech: await speechIn('zh') });
    // Where a line may not be broken is no word.
    expect([said.badge[0] ?? null, said.lines.map(([line]) => line?.replaceAll('\u00a0', ' '))]).toEqual([badge, lines]);
  });

  test('is said in English too, as much of it, and ever shorter for ever smaller tiles', async () => {
    const [zh, en] = [await speechIn('zh'), await speechIn('en')];
    for (const [what, tile, told] of rows) {
      const [inChinese, said] = [zh, en].map((speech) => tileWords({ ...usual, ...told, tile, nowMs, speech }));
      expect([what, said?.badge.length, said?.lines.length]).toEqual([what, inChinese?.badge.length, inChinese?.lines.length]);
      const words = [...(said?.badge ?? []), ...(said?.lines.flat() ?? [])]
        .join(' ')
        .replaceAll('\u00a0', ' ')
        .replaceAll(camera.maintainer, '');
      expect(words).not.toMatch(/[\u4e00-\u9fff]|cameras:|\{\{/);
      for (const ways of [said?.badge ?? [], ...(said?.lines ?? [])]) {
        const lengths = ways.map(({ length }) => length);
        expect(lengths).toEqual(lengths.toSorted((a, b) => b - a));
      }
    }
  });
});
