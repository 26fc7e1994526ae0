import { z } from 'zod';

// The windows' policy forbids eval. Imported first, before any schema is used.
z.config({ jitless: true });
