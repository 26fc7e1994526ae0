import { describe, expect, test } from 'vitest';
import { createAnnouncer, createEnding } from './announcer.ts';

describe('what a window tells before anybody listens', () => {
  test('an announcement waits for the first listener and reaches later ones only when it is new', () => {
    const announcer = createAnnouncer<string>();
    const heard: string[] = [];
    announcer.tell('early');
    const stop = announcer.listen((value) => heard.push(`first ${value}`));
    announcer.listen((value) => heard.push(`second ${value}`));
    announcer.tell('late');
    stop();
    announcer.tell('last');
    expect(heard).toEqual(['first early', 'first late', 'second late', 'second last']);
  });

  test('an ending is told once to everybody, however late they come', () => {
    const ending = createEnding<string>();
    const heard: string[] = [];
    ending.listen((value) => heard.push(`before ${value}`));
    ending.tell('crashed');
    ending.tell('closed');
    ending.listen((value) => heard.push(`after ${value}`));
    expect(heard).toEqual(['before crashed', 'after crashed']);
  });
});
