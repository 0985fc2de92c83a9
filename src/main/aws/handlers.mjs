// What AWS calls (handlers.pipeline, handlers.market). Plain JavaScript, since Lambda looks for handlers in nothing else;
// Node strips the types of what it imports.
import { market as callMarket, pipeline as callPipeline } from "./lambdas.ts";

export const pipeline = (event) => callPipeline(event);
export const market = () => callMarket();
