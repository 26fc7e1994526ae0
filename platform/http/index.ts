export { adminPageAnswers } from './adminPage.ts';
export { createHttpServer, type HttpServer, type ListenAt } from './httpServer.ts';
export { watchFrames } from './frameWatch.ts';
export { isLoopback, isLoopbackHostHeader } from './loopback.ts';
export { createPages, peerOf } from './pages.ts';
