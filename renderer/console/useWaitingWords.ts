import type { WaitingCommand } from '#contract/bridge/index.ts';
import { cameraOf } from '#contract/bus/index.ts';
import { useCamera } from '../cameras/index.ts';
import { useTexts } from '../language/index.ts';

/** A waiting command in words: when it was asked, what it would do, why it is still here. */
export function useWaitingWords({ askedAtMs, command, why }: WaitingCommand): { time: string; what: string; why: string } {
  const { t, time } = useTexts();
  return { time: time(askedAtMs, 'seconds'), what: useCommandWords(command), why: t(`console:waiting.why.${why}`) };
}

/** What a command does, and to which camera. */
export function useCommandWords(command: WaitingCommand['command']): string {
  const { t, nameOf } = useTexts();
  const cameraId = cameraOf(command);
  const camera = useCamera(cameraId);
  const subject = camera == null ? (cameraId ?? '') : `${camera.number} ${nameOf(camera)}`;
  return subject === '' ? wordsOf() : `${wordsOf()} · ${subject}`;

  function wordsOf(): string {
    switch (command.type) {
      case 'cameras.reportFault':
        return `${t('console:waiting.reportFault')} ${t(`console:fault.${command.fault}`)}`;
      case 'cameras.clearFault':
        return t('console:waiting.clearFault');
      case 'cameras.judgeUnmoving':
        return `${t('console:waiting.judgeUnmoving')} ${t(`console:unmoving.word.${command.word}`)}`;
      case 'record.eraseParticulars':
        return t('console:waiting.eraseParticulars');
      case 'evidence.erase':
        return t('console:waiting.eraseEvidence');
      case 'map.draw':
        return `${t('map:draw.waiting')} ${t(`map:draw.kind.${command.shape.kind}`)}`;
      case 'map.eraseDrawing':
        return t('map:draw.waitingErase');
    }
  }
}
