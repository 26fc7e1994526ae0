import { z } from 'zod';
import { CameraCommand } from '#contract/cameras/index.ts';
import { EraseEvidence } from '#contract/evidence/index.ts';
import { DrawingCommand } from '#contract/map/index.ts';
import { EraseParticulars } from '#contract/record/index.ts';
import type { CameraId } from '#contract/values/index.ts';

/** Every command that a desk sends for a person. */
export const DeskCommand = z.discriminatedUnion('type', [
  ...CameraCommand.options,
  EraseParticulars,
  EraseEvidence,
  ...DrawingCommand.options,
]);
export type DeskCommand = z.infer<typeof DeskCommand>;

/** The camera that a command changes; null for one that changes none. */
export function cameraOf(command: DeskCommand): CameraId | null {
  switch (command.type) {
    case 'cameras.reportFault':
    case 'cameras.clearFault':
    case 'cameras.judgeUnmoving':
      return command.cameraId;
    case 'record.eraseParticulars':
    case 'evidence.erase':
    case 'map.draw':
    case 'map.eraseDrawing':
      return null;
  }
}

/** Whether a command carries text that may name people: it is kept nowhere once it is settled. */
export function hasText(command: DeskCommand): boolean {
  return command.type === 'cameras.reportFault' && command.note !== undefined;
}

/** The command without such text, for whatever outlives it. */
export function withoutText(command: DeskCommand): DeskCommand {
  if (command.type !== 'cameras.reportFault') return command;
  const { note: _, ...rest } = command;
  return rest;
}
