/** An id as the CLI writes it: as a number if it is one (the platform's ids always are). */
export function idNumber(id: string): number | string {
  return /^(?:0|[1-9][0-9]{0,14})$/.test(id) ? Number(id) : id;
}
