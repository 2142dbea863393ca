import { Text, Title } from '@mantine/core';
import { texts } from '../../../texts/index.ts';
import { nestBullets, type NestedBullet } from './nest-bullets.ts';
import classes from './fill.module.css';

const { templates: words } = texts;

/** A slide as the API cuts it from a text. */
interface Slide {
  title: string;
  text: string;
  bullets: { level: number; text: string }[];
  notes: string;
}

/** A filled deck, slide by slide. */
export interface Outline {
  presentationId: string | null;
  slideIds: string[];
  slides: Slide[];
}

/** The slides of a filled deck: title, text, bullets and notes of each. */
export function Slides({ outline: { slides } }: { outline: Outline }) {
  if (slides.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {words.noSlides}
      </Text>
    );
  return (
    <ol className={classes.slides} aria-label={words.looks.slides}>
      {slides.map(({ title, text, bullets, notes }, at) => (
        // Two slides may be the same.
        <li key={at} className={classes.slide}>
          <Text size="xs" c="dimmed">
            {words.slide(at + 1)}
          </Text>
          <Title order={3} size="h5">
            {title === '' ? words.beforeFirst : title}
          </Title>
          {text !== '' && (
            <Text size="sm" mt={4} className={classes.prose}>
              {text}
            </Text>
          )}
          <Bullets bullets={nestBullets(bullets)} />
          {notes !== '' && (
            <Text size="sm" c="dimmed" mt="xs" className={classes.prose}>
              <b>{`${words.notes}: `}</b>
              {notes}
            </Text>
          )}
        </li>
      ))}
    </ol>
  );
}

function Bullets({ bullets }: { bullets: readonly NestedBullet[] }) {
  if (bullets.length === 0) return null;
  return (
    <ul>
      {bullets.map(({ text, inside }, at) => (
        <li key={at}>
          {text}
          <Bullets bullets={inside} />
        </li>
      ))}
    </ul>
  );
}
