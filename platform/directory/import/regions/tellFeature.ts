import type { Problems } from '../problems.ts';
import type { Feature } from './features.ts';

type Told = { readonly column: string; readonly value?: string; readonly code: string; readonly params?: Record<string, string | number> };

/** Says what is wrong with a feature, or worth knowing, by property. Both answer null, so that a reader can return it. */
export type TellFeature = (feature: Feature) => { readonly refuse: (told: Told) => null; readonly note: (told: Told) => null };

export function createTeller({ name, problems }: { name: string; problems: Problems }): TellFeature {
  return ({ index, line }) => {
    const whole = ({ column, value = '', ...rest }: Told) => ({ ...rest, file: name, line, column: `features[${index}].${column}`, value });
    return {
      refuse(told) {
        problems.refuse(whole(told));
        return null;
      },
      note(told) {
        problems.note(whole(told));
        return null;
      },
    };
  };
}
