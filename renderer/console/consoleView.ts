import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CameraCommand, CameraFault, UnmovingWord, Purpose } from '#contract/cameras/index.ts';
import type { EraseEvidence, EvidenceId, EvidenceReason } from '#contract/evidence/index.ts';
import type { VoteCamera } from '#contract/map/index.ts';
import type { ParticularsOpened, ParticularsPurpose, ParticularsReference } from '#contract/record/index.ts';
import type { CameraId, CommandId, Refusal, Timers } from '#contract/values/index.ts';
import { type Layout, sceneOf, type WallCommand } from '#contract/wall/index.ts';
import type { Zoom } from '../cameras/index.ts';
import { applyTheme, rememberedTheme, type ThemeName } from '../look/index.ts';
import type { RoomAccess } from '../room/index.ts';
import { type Place, placeName } from '../wall/index.ts';
import { type Carried, dropCommand, zoomCommand } from './dropOutcome.ts';
import { createWallCommands, wallOf } from './wallCommands.ts';
import { followPurpose, rememberedPurpose, rememberPurpose } from './purposeMemory.ts';

/** A word to the operator about something that was asked: what happened, or why not. */
export type Notice = { readonly id: number } & (
  | { readonly kind: 'done'; readonly text: DoneText; readonly place: string; readonly undo: WallCommand | null }
  | { readonly kind: 'told'; readonly text: ToldText }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
);
export type DoneText = 'placed' | 'filled' | 'swapped' | 'cleared' | 'layout' | 'undone' | 'zoomed' | 'joined' | 'parted';
export type ToldText =
  | 'faultQueued'
  | 'faultCleared'
  | 'unmovingJudged'
  | 'noteErased'
  | 'noSuchPlace'
  | 'nothingToShow'
  | 'waitingSent'
  | 'snapshotKept'
  | 'evidenceErased';

/** What this console looks at: view state, gone with the window. */
export type ConsoleState = {
  readonly selected: CameraId | null;
  /** The camera waits for a place to be typed. */
  readonly placing: { readonly typed: string } | null;
  /** A cell, or a tile that needs no camera, picked up with the keyboard. */
  readonly pickedUp: Carried | null;
  /** What is being dragged over which place, so that every cell that it would change shows it. */
  readonly over: { readonly carried: Carried; readonly to: Place } | null;
  readonly notices: readonly Notice[];
  /** Why cameras are looked at from here, until somebody says otherwise or logs out. */
  readonly purpose: Purpose;
  readonly isHelpOpen: boolean;
  /** How the line to the platform is doing, in figures. */
  readonly isLinkOpen: boolean;
  /** How the connected cameras are. */
  readonly isHealthOpen: boolean;
  /** A picture of the camera that is looked at is about to be kept. */
  readonly isTaking: boolean;
  /** Which kept pictures are listed. */
  readonly evidenceShown: 'closed' | 'camera' | 'all';
  /** Counts what may have changed among kept pictures: who lists them asks again. */
  readonly evidenceRound: number;
  readonly theme: ThemeName;
};

export type ConsoleView = {
  readonly store: StoreApi<ConsoleState>;
  look(cameraId: CameraId): void;
  startPlacing(typed: string): void;
  typePlace(typed: string): void;
  stopPlacing(): void;
  pickUp(carried: Carried | null): void;
  /** Null: it is not over this place any more. */
  hover(carried: Carried | null, to: Place): void;
  drop(carried: Carried, to: Place): void;
  clear(place: Place): void;
  setPurpose(purpose: Purpose): void;
  /** Shows another part of a camera's picture on the Wall. */
  zoomTile(place: Place, zoom: Zoom): void;
  setLayout(place: Pick<Place, 'displayKey'>, layout: Layout): void;
  /** Several Displays at once; `place`: their numbers. */
  arrange(asked: WallCommand, done: { readonly text: 'joined' | 'parted'; readonly place: string }): Promise<void>;
  undo(): void;
  /** `note`: words beside it that may name people; kept apart by the platform. */
  reportFault(cameraId: CameraId, fault: CameraFault, note?: string): void;
  clearFault(cameraId: CameraId): void;
  /** Whether a camera shows what one wants to see at a place; `none` takes the word back. */
  voteCamera(vote: VoteCamera): void;
  /** A person's word about a picture that does not move. */
  judgeUnmoving(cameraId: CameraId, word: UnmovingWord): void;
  /** Fetches words that may name people; null = refused, and said. */
  openNote(reference: ParticularsReference, purpose: ParticularsPurpose): Promise<ParticularsOpened | null>;
  eraseNote(reference: ParticularsReference, reason: 'request' | 'mistake'): Promise<void>;
  /** A word about one's own command that does not go by itself. */
  settleWaiting(commandId: CommandId, word: 'send' | 'discard'): void;
  lostSeen(commandIds: readonly CommandId[]): void;
  tell(text: ToldText): void;
  dismiss(id: number): void;
  showHelp(isOpen: 'open' | 'closed'): void;
  showHealth(isOpen: 'open' | 'closed'): void;
  showLink(isOpen: 'open' | 'closed'): void;
  showTaking(isOpen: 'open' | 'closed'): void;
  showEvidence(shown: ConsoleState['evidenceShown']): void;
  /** Keeps the newest picture of a camera; resolves when that is answered, and said. */
  takeSnapshot(cameraId: CameraId, reason: EvidenceReason): Promise<void>;
  eraseEvidence(evidenceId: EvidenceId, reason: EraseEvidence['reason']): Promise<void>;
  setTheme(theme: ThemeName): void;
};

// Long enough to read one line and reach for Ctrl+Z (ux: a drop can be taken back for 5 s).
const doneStaysMs = 5_000;
const refusedStaysMs = 12_000;

const doneTexts: { readonly [Kind in Carried['kind']]: DoneText } = {
  camera: 'placed',
  cameras: 'filled',
  assigned: 'filled',
  tile: 'placed',
  cell: 'swapped',
};

type NewNotice = Notice extends infer Kind ? (Kind extends Notice ? Omit<Kind, 'id'> : never) : never;

type ConsolePorts = {
  readonly room: RoomAccess;
  readonly timers: Timers;
  readonly page: HTMLElement;
  readonly storage: Storage;
  /** Lasts as long as the window's session, also over a reload. */
  readonly session: Storage;
};

/** Makes the console's view; everything it does goes to main as a command, and comes back as the room. */
export function createConsoleView({ room, timers, page, storage, session }: ConsolePorts): ConsoleView {
  const theme = rememberedTheme(storage);
  applyTheme(theme, { root: page, storage });
  const store = createStore<ConsoleState>(() => ({
    selected: null,
    placing: null,
    pickedUp: null,
    over: null,
    notices: [],
    purpose: rememberedPurpose(session, room.store.getState()?.person?.personId),
    isHelpOpen: false,
    isLinkOpen: false,
    isHealthOpen: false,
    isTaking: false,
    evidenceShown: 'closed',
    evidenceRound: 0,
    theme,
  }));
  let nextNotice = 1;
  const dismiss = (id: number) => store.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
  const announce = (notice: NewNotice) => {
    const id = nextNotice++;
    // A new word about the wall replaces the last one: only the newest change can be taken back.
    const kept = store.getState().notices.filter(({ kind }) => kind === 'refused' && notice.kind === 'refused');
    store.setState({ notices: [...kept.slice(-2), { ...notice, id } as Notice] });
    timers.afterMs(notice.kind === 'refused' ? refusedStaysMs : doneStaysMs, () => dismiss(id));
  };
  const { command, undo } = createWallCommands({ room, announce, newest: () => newestDone(store.getState()) });
  const nameOf = ({ displayKey, cell }: Place): string => {
    const scene = sceneOf(wallOf(room), displayKey);
    return scene === undefined ? '' : placeName({ number: scene.number, cell });
  };
  const commandCamera = async (asked: CameraCommand, text: ToldText) => {
    const answer = await room.ask('commandCamera', asked);
    announce(answer.ok ? { kind: 'told', text } : { kind: 'refused', refusal: answer.refusal });
  };
  const settleWaiting = async (message: { commandId: CommandId; word: 'send' | 'discard' }) => {
    const answer = await room.ask('settleWaiting', message);
    if (!answer.ok) announce({ kind: 'refused', refusal: answer.refusal });
    else if (message.word === 'send') announce({ kind: 'told', text: 'waitingSent' });
  };
  const lostSeen = async (commandIds: readonly CommandId[]) => {
    const answer = await room.ask('lostSeen', { commandIds: [...commandIds] });
    if (!answer.ok) announce({ kind: 'refused', refusal: answer.refusal });
  };
  const voteCamera = async (vote: VoteCamera) => {
    const answer = await room.ask('voteCamera', vote);
    if (!answer.ok) announce({ kind: 'refused', refusal: answer.refusal });
  };
  const evidenceChanged = () => store.setState(({ evidenceRound }) => ({ evidenceRound: evidenceRound + 1 }));
  room.onSettled(({ refusal }) => {
    evidenceChanged();
    if (refusal !== null) announce({ kind: 'refused', refusal });
  });

  followPurpose({ room, session, onPurpose: (purpose) => store.setState({ purpose }) });

  return {
    store,
    look: (selected) => store.setState({ selected, isTaking: false }),
    startPlacing: (typed) => store.setState({ placing: { typed } }),
    typePlace: (typed) => store.setState({ placing: { typed } }),
    stopPlacing: () => store.setState({ placing: null }),
    pickUp: (pickedUp) => store.setState({ pickedUp }),
    drop: (carried, to) => {
      store.setState({ pickedUp: null, over: null });
      const asked = dropCommand({ wall: wallOf(room), carried, to, purpose: store.getState().purpose });
      if (asked !== null) void command(asked, { text: doneTexts[carried.kind], place: nameOf(to) });
    },
    hover: (carried, to) => {
      const { over } = store.getState();
      // The next place may be entered before the last one is left.
      if (carried !== null) store.setState({ over: { carried, to } });
      else if (over !== null && over.to.displayKey === to.displayKey && over.to.cell === to.cell) store.setState({ over: null });
    },
    clear: (place) => void command({ type: 'wall.clearTile', ...place }, { text: 'cleared', place: nameOf(place) }),
    setLayout: ({ displayKey }, layout) => {
      const number = sceneOf(wallOf(room), displayKey)?.number ?? 0;
      void command({ type: 'wall.setLayout', displayKey, layout }, { text: 'layout', place: String(number) });
    },
    setPurpose: (purpose) => {
      rememberPurpose({ session, purpose, personId: room.store.getState()?.person?.personId });
      store.setState({ purpose });
    },
    zoomTile: (place, zoom) => {
      const asked = zoomCommand({ wall: wallOf(room), place, zoom });
      if (asked !== null) void command(asked, { text: 'zoomed', place: nameOf(place) });
    },
    ...{ undo, arrange: command },
    reportFault: (cameraId, fault, note) => {
      const words = note === undefined ? {} : { note };
      void commandCamera({ type: 'cameras.reportFault', cameraId, fault, ...words }, 'faultQueued');
    },
    voteCamera: (vote) => void voteCamera(vote),
    judgeUnmoving: (cameraId, word) => void commandCamera({ type: 'cameras.judgeUnmoving', cameraId, word }, 'unmovingJudged'),
    clearFault: (cameraId) => void commandCamera({ type: 'cameras.clearFault', cameraId }, 'faultCleared'),
    openNote: async (reference, purpose) => {
      const answer = await room.ask('openParticulars', { reference, purpose });
      if (!answer.ok) announce({ kind: 'refused', refusal: answer.refusal });
      return answer.ok ? answer.value : null;
    },
    eraseNote: async (reference, reason) => {
      const answer = await room.ask('eraseParticulars', { reference, reason });
      announce(answer.ok ? { kind: 'told', text: 'noteErased' } : { kind: 'refused', refusal: answer.refusal });
    },
    lostSeen: (commandIds) => void lostSeen(commandIds),
    settleWaiting: (commandId, word) => void settleWaiting({ commandId, word }),
    tell: (text) => announce({ kind: 'told', text }),
    dismiss,
    showHelp: (isOpen) => store.setState({ isHelpOpen: isOpen === 'open' }),
    showHealth: (isOpen) => store.setState({ isHealthOpen: isOpen === 'open' }),
    showLink: (isOpen) => store.setState({ isLinkOpen: isOpen === 'open' }),
    showTaking: (isOpen) => store.setState({ isTaking: isOpen === 'open' }),
    showEvidence: (evidenceShown) => store.setState({ evidenceShown }),
    takeSnapshot: async (cameraId, reason) => {
      const language = room.store.getState()?.language ?? 'zh';
      const answer = await room.ask('takeSnapshot', { cameraId, reason, language });
      store.setState({ isTaking: false });
      announce(answer.ok ? { kind: 'told', text: 'snapshotKept' } : { kind: 'refused', refusal: answer.refusal });
      if (answer.ok) evidenceChanged();
    },
    eraseEvidence: async (evidenceId, reason) => {
      const answer = await room.ask('eraseEvidence', { evidenceId, reason });
      announce(answer.ok ? { kind: 'told', text: 'evidenceErased' } : { kind: 'refused', refusal: answer.refusal });
    },
    setTheme: (next) => {
      applyTheme(next, { root: page, storage });
      store.setState({ theme: next });
    },
  };
}

function newestDone({ notices }: ConsoleState) {
  const done = notices.findLast(({ kind }) => kind === 'done');
  return done?.kind === 'done' ? done : undefined;
}
