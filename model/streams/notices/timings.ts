/*
 * When outages of one cause are one notice. All are milliseconds; the database has the only clock.
 */

/** For how long a message also covers later outages of its cause, as long as one that it told of lasts. */
export const coverFor = 12 * 3_600_000;

/** How long the first notice that a person is needed waits for others of its cause. An escalation never waits. */
export const gatherFor = 20_000;

/** How long one message to one recipient may take. */
export const sendWithin = 90_000;

/** After this, the notices that a worker was about to send are anybody's again: longer than a message may take. */
export const claimFor = 180_000;
