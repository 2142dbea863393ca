import { layOut, type Drawing } from './lay-out.ts';

/** Lays out what it is sent, so that the page can be used meanwhile. */
addEventListener('message', ({ data }: MessageEvent<Drawing>) => postMessage(layOut(data)));
