/**
 * JSON whose objects keep the order of their keys. A JavaScript object would move integer-like keys
 * to the front and treat `__proto__` specially, so objects are maps here.
 */
export type Json = null | boolean | number | string | Json[] | JsonObject;

/** An object of ordered JSON. */
export type JsonObject = Map<string, Json>;
