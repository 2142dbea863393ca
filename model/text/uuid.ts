/** A UUID (RFC 9562) of any version, in its canonical form: what PostgreSQL and `randomUUID` write. As a pattern of a JSON Schema. */
export const uuidPattern = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';

/** {@link uuidPattern}, as an expression. */
export const uuid = new RegExp(uuidPattern);
