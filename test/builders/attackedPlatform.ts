import { readFileSync } from 'node:fs';
import { v7 as newUuid } from 'uuid';
import { connectDesk } from '../fakes/busDesk.ts';
import { killableCounty, openKillablePlatform } from './killablePlatform.ts';
import { faultReport } from './openDesk.ts';

/** A platform in a process of its own, with an honest desk that works on while something else goes wrong. */
export type AttackedPlatform = Awaited<ReturnType<typeof openAttackedPlatform>>;

/** Starts one. The honest desk reports and clears the fault of the camera `no-c0`, again and again; the others are free. */
export async function openAttackedPlatform({ cameras = 4 }: { cameras?: number } = {}) {
  const platform = await openKillablePlatform({ cameras });
  const { url } = platform;
  let { session } = platform;
  const honest = await connectDesk({ url, device: await platform.enrol() });
  await honest.resume([{ feed: `county/${killableCounty}`, position: null }]);
  const asked: string[] = [];

  return {
    ...platform,
    honest,
    /** A new session for the honest desk's person, where something has ended all of his. */
    async signInAgain(): Promise<string> {
      ({ session } = await platform.signIn());
      return session;
    },
    /** One command of the honest desk: rejects when it is refused, resolves when its fact was told. */
    async othersGoOn(): Promise<void> {
      const { command, ...message } = faultReport({ session, deskSeq: asked.length + 1, cameraId: 'no-c0', commandId: newUuid() });
      const isClear = asked.length % 2 === 1;
      asked.push(message.commandId);
      const { cameraId } = command;
      const reply = (await honest.ask(
        'command',
        isClear ? { ...message, command: { type: 'cameras.clearFault', cameraId } } : { ...message, command },
      )) as {
        ok: boolean;
      };
      if (!reply.ok) throw new Error(`the honest desk was refused: ${JSON.stringify(reply)}`);
      await honest.until(() => honest.told.facts.some(({ fact }) => fact.commandId === message.commandId));
    },
    /** Memory that the process holds now. Unit: MiB. */
    memoryMib(): number {
      const status = readFileSync(`/proc/${platform.process().child.pid}/status`, 'utf8');
      return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
    },
    /** Ends it and compares: what the honest desk asked, what it was told, what the record has. All the same = nothing lost, nothing doubled. */
    async reckon() {
      honest.close();
      await platform.kill();
      const told = honest.told.facts.map(({ fact }) => fact.commandId);
      const recorded = (await platform.recorded()).map(({ fact }) => fact.commandId);
      const own = new Set<unknown>(asked);
      return {
        asked,
        told: told.filter((id) => own.has(id)),
        recorded: recorded.filter((id) => own.has(id)),
        strange: recorded.filter((id) => !own.has(id)),
      };
    },
  };
}
