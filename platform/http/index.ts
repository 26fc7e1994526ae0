export { adminPageAnswers } from './adminPage.ts';
export { createHttpServer, type HttpServer, type ListenAt } from './httpServer.ts';
export { isLoopback } from './loopback.ts';
export { createPages, peerOf } from './pages.ts';
