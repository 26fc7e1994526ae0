/** What the kiosk writes to its log: pino's logger fits. Context first, then one plain sentence; never a code, token or picture byte. */
export type KioskLog = {
  debug(context: object, message: string): void;
  info(context: object, message: string): void;
  warn(context: object, message: string): void;
  error(context: object, message: string): void;
};
