import { texts } from '../../../texts/index.ts';
import type { Grants } from './grants-form.ts';

const { access, common } = texts;

/** What somebody may see, in a few words: "2 projects, all spaces". */
export function grantsText({ role, projects, spaces }: Grants): string {
  if (role === 'admin') return access.everything;
  const seen = [
    projects === null
      ? access.everyProject
      : projects.length > 0
        ? access.countProjects(projects.length)
        : null,
    spaces === null
      ? access.everySpace
      : spaces.length > 0
        ? access.countSpaces(spaces.length)
        : null,
  ].filter((part) => part !== null);
  const text = seen.length === 0 ? common.none : seen.join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
