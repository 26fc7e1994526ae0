/** What a demo camera looks at; each kind is drawn by platform/cameras/demo. */
export const demoSceneKinds = [
  'hillside',
  'highway',
  'riverGauge',
  'square',
  'apartments',
  'schoolGate',
  'villageStreet',
  'bridge',
  'forestTower',
  'wharf',
  'market',
  'crossroads',
  'reservoir',
  'petrolStation',
  'busStop',
  'snowPass',
  'tunnel',
  'terraces',
  'granary',
] as const;
/** A kind of scene. */
export type DemoSceneKind = (typeof demoSceneKinds)[number];

/** The light a demo camera sees. */
export type DemoLight = 'day' | 'overcast' | 'dusk' | 'night';

/** A demo camera that really streams: the directory places it, the gateway plays its loop. */
export type StreamingCamera = {
  readonly cameraId: string;
  /** The short number, unique in the county. */
  readonly number: string;
  readonly name: string;
  readonly nameEn: string;
  /** The town's index in the demo county. */
  readonly town: number;
  /** The village's bare name when the camera belongs to a certain one; null = around the town's seat. */
  readonly village: string | null;
  readonly scene: DemoSceneKind;
  readonly light: DemoLight;
};

type Row = readonly [name: string, nameEn: string, village: string | null, scene: DemoSceneKind, light: DemoLight];

// By town, in the order of the demo county's towns.
const rows: readonly (readonly Row[])[] = [
  [
    ['东门广场', 'Dongmen Square', '东门', 'square', 'dusk'],
    ['国道 210 东口', 'National Road 210 East', null, 'highway', 'day'],
    ['第二小学门口', 'No. 2 Primary School Gate', '南苑', 'schoolGate', 'day'],
    ['南苑路口', 'Nanyuan Junction', '南苑', 'crossroads', 'overcast'],
    ['城关大桥', 'Chengguan Bridge', null, 'bridge', 'day'],
    ['南苑小区', 'Nanyuan Estate', '南苑', 'apartments', 'night'],
    ['沿河路 K3+200', 'Yanhe Road K3+200', '沿河', 'hillside', 'overcast'],
    ['县汽车站', 'County Bus Station', null, 'busStop', 'day'],
    ['城关农贸市场', 'Chengguan Market Hall', '西关', 'market', 'day'],
    ['北街加油站', 'Beijie Petrol Station', '北街', 'petrolStation', 'night'],
  ],
  [
    ['云岭林场 2 号塔', 'Yunling Forest Tower 2', '雾岭', 'forestTower', 'night'],
    ['云岭垭口', 'Yunling Pass', null, 'snowPass', 'overcast'],
    ['高坪村口', 'Gaoping Village Entrance', '高坪', 'hillside', 'day'],
    ['云岭隧道南口', 'Yunling Tunnel South', null, 'tunnel', 'day'],
    ['高坪梯田', 'Gaoping Terraces', '高坪', 'terraces', 'dusk'],
    ['云岭林场 5 号塔', 'Yunling Forest Tower 5', null, 'forestTower', 'day'],
  ],
  [
    ['松河大桥', 'Songhe Bridge', null, 'bridge', 'overcast'],
    ['新街路口', 'Xinjie Junction', '新街', 'crossroads', 'night'],
    ['松河水文站', 'Songhe Gauging Station', null, 'riverGauge', 'dusk'],
    ['松河老街', 'Songhe Old Street', null, 'villageStreet', 'night'],
    ['松河水库大坝', 'Songhe Reservoir Dam', '松林', 'reservoir', 'day'],
    ['新街小区', 'Xinjie Estate', '新街', 'apartments', 'dusk'],
  ],
  [
    ['渡口码头', 'Dukou Wharf', null, 'wharf', 'day'],
    ['渡口水文站', 'Dukou Gauging Station', null, 'riverGauge', 'night'],
    ['大湾村口', 'Dawan Village Entrance', '大湾', 'villageStreet', 'dusk'],
    ['渡口集市', 'Dukou Market', null, 'market', 'dusk'],
    ['大湾梯田', 'Dawan Terraces', '大湾', 'terraces', 'day'],
    ['渡口候车亭', 'Dukou Bus Stop', null, 'busStop', 'dusk'],
  ],
  [
    ['筒石水文站', 'Tongshi Gauging Station', null, 'riverGauge', 'day'],
    ['筒石小学门口', 'Tongshi Primary School Gate', null, 'schoolGate', 'overcast'],
    ['河口滑坡点', 'Hekou Landslide Site', '河口', 'hillside', 'dusk'],
    ['老街路灯', 'Laojie Street Lamps', '老街', 'villageStreet', 'overcast'],
    ['筒石加油站', 'Tongshi Petrol Station', null, 'petrolStation', 'day'],
    ['筒石弯道', 'Tongshi Bend', null, 'highway', 'night'],
  ],
  [
    ['双溪集镇', 'Shuangxi Town Road', null, 'highway', 'dusk'],
    ['双溪广场', 'Shuangxi Square', null, 'square', 'day'],
    ['双溪水库大坝', 'Shuangxi Reservoir Dam', '溪口', 'reservoir', 'dusk'],
    ['双溪码头', 'Shuangxi Wharf', null, 'wharf', 'dusk'],
    ['集镇小区', 'Jizhen Estate', '集镇', 'apartments', 'overcast'],
  ],
  [
    ['梅坪粮站', 'Meiping Granary', null, 'granary', 'day'],
    ['石桥桥头', 'Shiqiao Bridgehead', '石桥', 'bridge', 'dusk'],
    ['梅坪农贸市场', 'Meiping Market Hall', '梅苑', 'market', 'overcast'],
    ['梅坪路口', 'Meiping Junction', null, 'crossroads', 'dusk'],
    ['梅坪候车亭', 'Meiping Bus Stop', null, 'busStop', 'night'],
    ['梅坪隧道北口', 'Meiping Tunnel North', null, 'tunnel', 'night'],
  ],
  [
    ['柳湾渡', 'Liuwan Ferry', null, 'wharf', 'overcast'],
    ['柳林护林塔', 'Liulin Forest Tower', '柳林', 'forestTower', 'dusk'],
    ['柳湾广场', 'Liuwan Square', null, 'square', 'overcast'],
    ['柳湾粮站', 'Liuwan Granary', null, 'granary', 'dusk'],
    ['柳林路 K1+500', 'Liulin Road K1+500', '柳林', 'highway', 'overcast'],
  ],
  [
    ['青石梯田', 'Qingshi Terraces', null, 'terraces', 'overcast'],
    ['青石隧道口', 'Qingshi Tunnel', null, 'tunnel', 'dusk'],
    ['石坡滑坡点', 'Shipo Landslide Site', '石坡', 'hillside', 'night'],
    ['青石加油站', 'Qingshi Petrol Station', null, 'petrolStation', 'dusk'],
    ['青石小学门口', 'Qingshi Primary School Gate', null, 'schoolGate', 'dusk'],
  ],
  [
    ['桐岭垭口', 'Tongling Pass', '垭口', 'snowPass', 'day'],
    ['桐岭护林塔', 'Tongling Forest Tower', null, 'forestTower', 'overcast'],
    ['桐岭村道', 'Tongling Lane', '桐苑', 'villageStreet', 'day'],
    ['桐岭垭口北', 'Tongling Pass North', '垭口', 'snowPass', 'dusk'],
  ],
  [
    ['沙田水库大坝', 'Shatian Reservoir Dam', null, 'reservoir', 'overcast'],
    ['沙田粮站', 'Shatian Granary', null, 'granary', 'night'],
    ['田坝水文站', 'Tianba Gauging Station', '田坝', 'riverGauge', 'overcast'],
    ['沙田大桥', 'Shatian Bridge', null, 'bridge', 'night'],
    ['沙田小区', 'Shatian Estate', '沙苑', 'apartments', 'day'],
  ],
];

const firstNumber = 101;

/** The 64 demo cameras that stream, numbered 0101 and on, town by town. */
export function streamingCameras(): readonly StreamingCamera[] {
  const flat = rows.flatMap((townRows, town) => townRows.map((row) => ({ town, row })));
  return flat.map(({ town, row: [name, nameEn, village, scene, light] }, index) => {
    const number = String(firstNumber + index).padStart(4, '0');
    return { cameraId: `cam-${number}`, number, name, nameEn, town, village, scene, light };
  });
}
