import { ActionIcon, Divider, Group, Menu, Select, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBlockquote,
  IconBold,
  IconBraces,
  IconCode,
  IconItalic,
  IconLink,
  IconList,
  IconListCheck,
  IconListNumbers,
  IconMinus,
  IconPhoto,
  IconPlus,
  IconStrikethrough,
  IconTable,
  type Icon,
} from '@tabler/icons-react';
import { redo, undo } from 'prosemirror-history';
import type { Command } from 'prosemirror-state';
import {
  addColumnAfter,
  addColumnBefore,
  addRowAfter,
  addRowBefore,
  deleteColumn,
  deleteRow,
  deleteTable,
} from 'prosemirror-tables';
import { texts } from '../../texts/index.ts';
import {
  addRaw,
  addRule,
  addTable,
  makeBlock,
  toggle,
  toggleQuote,
  type Around,
  type BlockKind,
} from './commands.ts';
import { toggleList, toggleTask } from './list-commands.ts';
import classes from './toolbar.module.css';

const words = texts.editor;
const kinds: BlockKind[] = ['paragraph', 'heading1', 'heading2', 'heading3', 'code_block'];

const tableActions: [string, Command][] = [
  [words.rowBefore, addRowBefore],
  [words.rowAfter, addRowAfter],
  [words.columnBefore, addColumnBefore],
  [words.columnAfter, addColumnAfter],
  [words.removeRow, deleteRow],
  [words.removeColumn, deleteColumn],
  [words.removeTable, deleteTable],
];

/** What can be done to the text, as buttons; those of what the selection is in are pressed. */
export function Toolbar({
  around,
  variables,
  run,
  onLink,
  onImage,
}: {
  around: Around;
  /** The names of the variables that the entry declares. */
  variables: readonly string[];
  run: (command: Command) => void;
  onLink: () => void;
  onImage: () => void;
}) {
  const is = (list: Around['list']) => around.list === list;
  return (
    <Group gap={2} role="toolbar" aria-label={words.toolbar} className={classes.toolbar}>
      <Select
        size="xs"
        w={124}
        aria-label={words.block}
        data={[...kinds, 'other' as const].map((value) => ({
          value,
          label: words.blocks[value],
          disabled: value === 'other',
        }))}
        value={around.block}
        allowDeselect={false}
        onChange={(kind) => kind !== null && run(makeBlock(kind as BlockKind))}
      />
      <Divider orientation="vertical" mx={4} />
      <Tool
        name={words.strong}
        keys="Control+B"
        icon={IconBold}
        isOn={around.strong}
        onClick={() => run(toggle('strong'))}
      />
      <Tool
        name={words.em}
        keys="Control+I"
        icon={IconItalic}
        isOn={around.em}
        onClick={() => run(toggle('em'))}
      />
      <Tool
        name={words.strike}
        icon={IconStrikethrough}
        isOn={around.strike}
        onClick={() => run(toggle('strike'))}
      />
      <Tool
        name={words.code}
        icon={IconCode}
        isOn={around.code}
        onClick={() => run(toggle('code'))}
      />
      <Tool
        name={words.link}
        keys="Control+K"
        icon={IconLink}
        isOn={around.link !== null}
        onClick={onLink}
      />
      <Divider orientation="vertical" mx={4} />
      <Tool
        name={words.bullets}
        icon={IconList}
        isOn={is('bullet_list')}
        onClick={() => run(toggleList('bullet_list'))}
      />
      <Tool
        name={words.numbers}
        icon={IconListNumbers}
        isOn={is('ordered_list')}
        onClick={() => run(toggleList('ordered_list'))}
      />
      <Tool
        name={words.tasks}
        icon={IconListCheck}
        isOn={is('tasks')}
        onClick={() => run(toggleTask)}
      />
      <Tool
        name={words.quote}
        icon={IconBlockquote}
        isOn={around.quote}
        onClick={() => run(toggleQuote)}
      />
      <Divider orientation="vertical" mx={4} />
      <Menu position="bottom-start" withinPortal>
        <Menu.Target>
          <Tooltip label={words.more}>
            <ActionIcon variant="subtle" color="gray" aria-label={words.more}>
              <IconPlus size={18} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconTable size={16} aria-hidden />}
            onClick={() => run(addTable)}
          >
            {words.table}
          </Menu.Item>
          <Menu.Item leftSection={<IconPhoto size={16} aria-hidden />} onClick={onImage}>
            {words.image}
          </Menu.Item>
          <Menu.Item leftSection={<IconMinus size={16} aria-hidden />} onClick={() => run(addRule)}>
            {words.rule}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Label maw={240}>
            {variables.length === 0 ? words.noVariables : words.variable}
          </Menu.Label>
          {variables.map((name) => (
            <Menu.Item
              key={name}
              leftSection={<IconBraces size={16} aria-hidden />}
              onClick={() => run(addRaw(`{{${name}}}`))}
            >
              {name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {around.table && (
        <Menu position="bottom-start" withinPortal>
          <Menu.Target>
            <Tooltip label={words.tableMenu}>
              <ActionIcon variant="light" aria-label={words.tableMenu}>
                <IconTable size={18} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </Menu.Target>
          <Menu.Dropdown>
            {tableActions.map(([name, command]) => (
              <Menu.Item key={name} onClick={() => run(command)}>
                {name}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      <Divider orientation="vertical" mx={4} />
      <Tool name={words.undo} keys="Control+Z" icon={IconArrowBackUp} onClick={() => run(undo)} />
      <Tool
        name={words.redo}
        keys="Control+Shift+Z"
        icon={IconArrowForwardUp}
        onClick={() => run(redo)}
      />
    </Group>
  );
}

function Tool({
  name,
  keys,
  icon: ToolIcon,
  isOn,
  onClick,
}: {
  name: string;
  keys?: string;
  icon: Icon;
  isOn?: boolean;
  onClick: () => void;
}) {
  return (
    <Tooltip label={keys === undefined ? name : `${name} (${keys.replace('Control', 'Ctrl')})`}>
      <ActionIcon
        variant={isOn === true ? 'light' : 'subtle'}
        {...(isOn !== true && { color: 'gray' })}
        aria-label={name}
        aria-pressed={isOn}
        aria-keyshortcuts={keys}
        // The selection in the text stays.
        onMouseDown={(event) => event.preventDefault()}
        onClick={onClick}
      >
        <ToolIcon size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
