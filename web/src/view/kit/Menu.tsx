import { DropdownMenu } from '@kobalte/core/dropdown-menu';
import { createSignal, For, type JSX, Match, Show, Switch } from 'solid-js';
import { Icon, type IconName } from './Icon';

/** One line of a menu. */
export type MenuEntry =
  | {
      readonly kind?: 'item';
      readonly label: string;
      readonly icon?: IconName;
      /** "Ctrl D" */
      readonly keys?: string;
      /** Quiet text at the right. */
      readonly note?: string;
      readonly danger?: boolean;
      readonly disabled?: boolean;
      /** Makes it a check item. */
      readonly checked?: boolean;
      run(): void;
    }
  | { readonly kind: 'line' }
  | {
      readonly kind: 'submenu';
      readonly label: string;
      readonly icon?: IconName;
      readonly entries: MenuEntries;
    }
  | {
      readonly kind: 'swatches';
      readonly label: string;
      /** Names of track colours; `value` is the chosen one. */
      readonly options: readonly string[];
      readonly value: string | null;
      choose(option: string): void;
    };
export type MenuEntries = readonly MenuEntry[];

export const keyCaps = (keys: string): string[] => keys.split(' ').filter((key) => key !== '');

/** "Ctrl D" as key caps. */
export function Keys(props: { keys: string; plain?: boolean }) {
  return (
    <span class="keys" classList={{ plain: props.plain }} aria-hidden="true">
      <For each={keyCaps(props.keys)}>{(key) => <kbd>{key}</kbd>}</For>
    </span>
  );
}

/** The menu gives the focus back as it closes; what it started may want to take it afterwards, as renaming does. */
const afterClosing = (run: () => void): void => void setTimeout(run);

function Entries(props: { entries: MenuEntries }) {
  return (
    <For each={props.entries}>
      {(entry) => (
        <Switch>
          <Match when={entry.kind === 'line'}>
            <DropdownMenu.Separator class="menu-line" />
          </Match>
          <Match when={entry.kind === 'submenu' && entry}>
            {(submenu) => (
              <DropdownMenu.Sub gutter={4} shift={-6}>
                <DropdownMenu.SubTrigger class="menu-item">
                  <Show when={submenu().icon} fallback={<i class="icon-gap" />}>
                    {(name) => <Icon name={name()} small />}
                  </Show>
                  <span>{submenu().label}</span>
                  <Icon name="chevron-right" small class="menu-more" />
                </DropdownMenu.SubTrigger>
                <DropdownMenu.Portal>
                  <DropdownMenu.SubContent class="popover menu">
                    <Entries entries={submenu().entries} />
                  </DropdownMenu.SubContent>
                </DropdownMenu.Portal>
              </DropdownMenu.Sub>
            )}
          </Match>
          <Match when={entry.kind === 'swatches' && entry}>
            {(swatches) => (
              <DropdownMenu.RadioGroup
                class="menu-swatches"
                aria-label={swatches().label}
                value={swatches().value ?? ''}
                onChange={(option) => afterClosing(() => swatches().choose(option))}
              >
                <For each={swatches().options}>
                  {(option) => (
                    <DropdownMenu.RadioItem
                      value={option}
                      class="menu-swatch"
                      aria-label={option}
                      data-tip={option}
                      closeOnSelect
                    >
                      <i style={{ '--swatch': `var(--tk-${option})` }} />
                    </DropdownMenu.RadioItem>
                  )}
                </For>
              </DropdownMenu.RadioGroup>
            )}
          </Match>
          <Match when={(entry.kind === undefined || entry.kind === 'item') && entry}>
            {(item) => {
              const content = (): JSX.Element => (
                <>
                  <Show when={item().icon} fallback={<i class="icon-gap" />}>
                    {(name) => <Icon name={name()} small />}
                  </Show>
                  <span>{item().label}</span>
                  <Show when={item().note}>
                    <em>{item().note}</em>
                  </Show>
                  <Show when={item().keys}>{(keys) => <Keys keys={keys()} plain />}</Show>
                </>
              );
              return (
                <Show
                  when={item().checked !== undefined}
                  fallback={
                    <DropdownMenu.Item
                      class="menu-item"
                      classList={{ danger: item().danger }}
                      disabled={item().disabled}
                      onSelect={() => afterClosing(item().run)}
                    >
                      {content()}
                    </DropdownMenu.Item>
                  }
                >
                  <DropdownMenu.CheckboxItem
                    class="menu-item"
                    checked={item().checked}
                    disabled={item().disabled}
                    closeOnSelect
                    onChange={() => afterClosing(item().run)}
                  >
                    <span class="menu-check">
                      <DropdownMenu.ItemIndicator>
                        <Icon name="check" small />
                      </DropdownMenu.ItemIndicator>
                    </span>
                    <span>{item().label}</span>
                    <Show when={item().keys}>{(keys) => <Keys keys={keys()} plain />}</Show>
                  </DropdownMenu.CheckboxItem>
                </Show>
              );
            }}
          </Match>
        </Switch>
      )}
    </For>
  );
}

export interface MenuProps {
  /** The accessible name of the menu. */
  label: string;
  /** Shown at the head of the menu. */
  heading?: string;
  /** Read when the menu opens. */
  entries: () => MenuEntries;
  /** What is inside the trigger button. */
  children: JSX.Element;
  /** Classes of the trigger button: "button icon-only ghost". */
  class?: string;
  triggerLabel?: string;
  tip?: string;
  keys?: string;
}

/** A button that opens a menu. */
export function Menu(props: MenuProps) {
  return (
    <DropdownMenu modal={false} gutter={4} placement="bottom-start">
      <DropdownMenu.Trigger
        class={props.class}
        aria-label={props.triggerLabel}
        data-tip={props.tip}
        data-keys={props.keys}
      >
        {props.children}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content class="popover menu" aria-label={props.label}>
          <Show when={props.heading}>
            <div class="menu-heading">{props.heading}</div>
          </Show>
          <Entries entries={props.entries()} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu>
  );
}

interface OpenMenu {
  readonly x: number;
  readonly y: number;
  readonly label: string;
  readonly entries: MenuEntries;
}

const [openMenu, setOpenMenu] = createSignal<OpenMenu | null>(null);
let returnFocusTo: HTMLElement | null = null;

/** Opens a menu at a point of the window: what a right click or the menu key asks for. MenuHost shows it. */
export function showMenu(
  at: { clientX: number; clientY: number },
  label: string,
  entries: MenuEntries,
): void {
  returnFocusTo = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  setOpenMenu({ x: at.clientX, y: at.clientY, label, entries });
}

/** Mounted once by the app. */
export function MenuHost() {
  return (
    <Show when={openMenu()} keyed>
      {(menu) => (
        <DropdownMenu
          modal={false}
          open
          onOpenChange={(open) => {
            if (!open) setOpenMenu(null);
          }}
          placement="bottom-start"
          getAnchorRect={() => ({ x: menu.x, y: menu.y, width: 0, height: 0 })}
        >
          <DropdownMenu.Trigger as="span" class="hidden" aria-hidden="true" tabIndex={-1} />
          <DropdownMenu.Portal>
            <DropdownMenu.Content
              class="popover menu"
              aria-label={menu.label}
              onCloseAutoFocus={(event) => {
                event.preventDefault();
                if (document.activeElement === document.body) returnFocusTo?.focus({ preventScroll: true });
              }}
            >
              <div class="menu-heading">{menu.label}</div>
              <Entries entries={menu.entries} />
            </DropdownMenu.Content>
          </DropdownMenu.Portal>
        </DropdownMenu>
      )}
    </Show>
  );
}
