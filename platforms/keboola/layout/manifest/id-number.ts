/** An id as the CLI writes it: a number where it is one (the platform's always are). */
export function idNumber(id: string): number | string {
  return /^(?:0|[1-9][0-9]{0,14})$/.test(id) ? Number(id) : id;
}
