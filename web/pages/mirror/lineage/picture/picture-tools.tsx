import { ActionIcon, Tooltip } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { IconFocus2, IconMaximize, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { Panel, useReactFlow } from '@xyflow/react';
import { texts } from '../../../../texts/index.ts';
import type { View } from './drawing.ts';

const words = texts.lineage;

/** What moves the picture without dragging. `whole` shows all of it. */
export function PictureTools({ whole, onStart }: { whole: View; onStart: () => void }) {
  const flow = useReactFlow();
  const motion = { duration: useReducedMotion() ? 0 : 200 };
  const tools = [
    [words.zoomIn, IconZoomIn, () => void flow.zoomIn(motion)],
    [words.zoomOut, IconZoomOut, () => void flow.zoomOut(motion)],
    [words.whole, IconMaximize, () => void flow.setViewport(whole, motion)],
    [words.toStart, IconFocus2, onStart],
  ] as const;
  return (
    <Panel position="bottom-left">
      <ActionIcon.Group>
        {tools.map(([name, Icon, act]) => (
          <Tooltip key={name} label={name}>
            <ActionIcon variant="default" size={36} aria-label={name} onClick={act}>
              <Icon size={18} aria-hidden />
            </ActionIcon>
          </Tooltip>
        ))}
      </ActionIcon.Group>
    </Panel>
  );
}
