import { expect, test } from 'vitest';
import { playersFor } from '#contract/cameras/index.ts';
import type { CameraId } from '#contract/values/index.ts';
import { checkSourceAddress, privateNetworks } from '../../cameras/index.ts';
import { exportFolder } from '../export/exportFolder.ts';
import { geojson, openEmptyCounty, square, told } from './testing/county.ts';
import { workbook } from './testing/archive.ts';

const regions = geojson([{ properties: { 名称: '城关镇', 级别: '镇', 区划代码: '610999100' }, coordinates: [square(108.6, 33.2)] }]);
const openCounty = () => openEmptyCounty({ checkUrl: (url) => checkSourceAddress(url, privateNetworks) });
const heading = ['编号', '名称', '所属区域', '主码流', '子码流'];
const pin = `#sha256=${'AB'.repeat(32)}`;
const rows = [
  ['1', '枪机', '城关镇', 'rtsp://u:p@10.0.0.1/main', 'rtsp://u:p@10.0.0.1/sub'],
  ['2', '加密', '城关镇', `rtsps://10.0.0.2/main${pin}`, ''],
  ['3', '平台转发', '城关镇', 'http://10.0.0.3:8080/live/3.m3u8?a=b', 'http://u:p@10.0.0.3/live/3s.m3u8'],
  ['4', '球机', '城关镇', 'onvif://admin:a%40b@10.0.0.4', 'onvif://admin:a%40b@10.0.0.4'],
  ['5', '网页', '城关镇', 'http://10.0.0.5:8889/c/whep', 'rtsp://10.0.0.5/sub'],
  ['6', '无人机', '城关镇', 'rtmp-in:drone-07-9f3kq2', ''],
];
const idOf = (number: number) => `no-${number}` as CameraId;

test('every kind of address comes in, from CSV and from a workbook, and says what can play and steer the camera', async () => {
  const county = await openCounty();
  const csv = [heading, ...rows].map((row) => row.join(',')).join('\n');
  expect(told(await county.bring({ 'regions.geojson': regions, 'cameras.csv': csv }))).toEqual([]);
  const played = [1, 2, 3, 4, 5, 6].map((number) => {
    const camera = county.directory.camera(idOf(number))!;
    return (
      camera.streams.map((quality) => playersFor(camera, quality).join('+')).join(' ') + (camera.steering === undefined ? '' : ' steered')
    );
  });
  expect(played).toEqual(['push+hls push+hls', 'push+hls', 'push+hls push+hls', 'push+hls push+hls steered', 'whep push+hls', 'push+hls']);
  const other = await openCounty();
  await other.bring({ 'regions.geojson': regions, 'cameras.xlsx': workbook([heading, ...rows]) });
  expect(other.directory.rows('cameras')).toEqual(county.directory.rows('cameras'));
  expect(other.sourcesOf(idOf(4))).toEqual(county.sourcesOf(idOf(4)));
});

test('an export brings them back as they were; without the addresses what plays and steers stays known', async () => {
  const county = await openCounty();
  await county.bring({ 'regions.geojson': regions, 'cameras.xlsx': workbook([heading, ...rows]) });
  const before = county.directory.rows('cameras');
  for (const streams of ['with', 'without'] as const) {
    const files = exportFolder({ ...county, request: { streams } }).files;
    const texts = Object.fromEntries(files.map(({ name, base64 }) => [name, Buffer.from(base64, 'base64')]));
    expect(texts['cameras.csv']?.includes('drone-07-9f3kq2')).toBe(streams === 'with');
    const report = await county.bring(texts);
    expect([told(report), report.revision, county.directory.rows('cameras')]).toEqual([[], null, before]);
  }
});

test('a camera that gets an ordinary address is played and steered as usual again', async () => {
  const county = await openCounty();
  await county.bring({ 'regions.geojson': regions, 'cameras.xlsx': workbook([heading, ...rows]) });
  await county.bring({
    'cameras.csv': '编号,名称,所属区域,主码流,子码流\n4,球机,城关镇,rtsp://10.0.0.4/a,\n5,网页,城关镇,rtsp://10.0.0.5/a,\n',
  });
  const [four, five] = [county.directory.camera(idOf(4))!, county.directory.camera(idOf(5))!];
  expect([four.steering, five.players, county.sourcesOf(idOf(5)).map(({ url }) => url)]).toEqual([
    undefined,
    undefined,
    ['rtsp://10.0.0.5/a'],
  ]);
});

test.each([
  ['exec:reboot', 'urlScheme'],
  ['file:///etc/passwd', 'urlScheme'],
  ['rtmp://10.0.0.1/live/a', 'urlRtmp'],
  ['rtmp-in:kurz', 'urlStreamKey'],
  ['http://10.0.0.1/video.mjpeg', 'urlKind'],
  ['http://169.254.169.254/a.m3u8', 'urlAddressNotConfigured'],
  ['onvif://127.0.0.1', 'urlAddressNotConfigured'],
  ['http://camera.example/whep', 'urlAddressNotLiteral'],
  ['rtsp://10.0.0.1/a;reboot', 'urlMalformed'],
  ['rtsp://10.0.0.1/a%0d%0aX: y', 'urlMalformed'],
])('%s is a problem of its row, and no camera comes of it', async (address, code) => {
  const county = await openCounty();
  const report = await county.bring({ 'regions.geojson': regions, 'cameras.csv': `编号,名称,所属区域,主码流\n1,甲,城关镇,${address}\n` });
  expect([told(report).map(([, column, problem]) => [column, problem]), county.directory.rows('cameras')]).toEqual([
    [['主码流', code]],
    [],
  ]);
});
