import { Dialog as Kobalte } from '@kobalte/core/dialog';
import { createRenderEffect, type JSX, Show } from 'solid-js';
import { Icon } from './Icon';

export interface DialogProps {
  /** The accessible name and the heading. */
  title: string;
  /** Goes on in the heading only. */
  titleRest?: string;
  open: boolean;
  onClose: () => void;
  /** Sets the width: "export-dialog". */
  class?: string;
  /** Right of the title. */
  tools?: JSX.Element;
  footer?: JSX.Element;
  /** No heading and no close button; the title is still the accessible name. */
  bare?: boolean;
  /** Where the focus goes at first; the first control unless told. */
  initialFocus?: () => HTMLElement | undefined;
  /** Enter anywhere but on a button or in a list of its own. */
  onConfirm?: () => void;
  children: JSX.Element;
}

/** A modal dialog: Esc closes, Enter confirms, the focus returns to where it was. The room behind keeps playing. */
export function Dialog(props: DialogProps) {
  let returnTo: HTMLElement | null = null;
  createRenderEffect(() => {
    if (props.open && document.activeElement instanceof HTMLElement) returnTo = document.activeElement;
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.defaultPrevented || !props.onConfirm) return;
    if ((event.target as Element).closest('button, textarea, [role="slider"], a')) return;
    event.preventDefault();
    props.onConfirm();
  };
  return (
    <Kobalte open={props.open} onOpenChange={(open) => !open && props.onClose()} preventScroll={false}>
      <Kobalte.Portal>
        <Kobalte.Overlay class="scrim" />
        <div class="dialog-place">
          <Kobalte.Content
            class={`dialog ${props.class ?? ''}`}
            onKeyDown={onKeyDown}
            onOpenAutoFocus={(event) => {
              const target = props.initialFocus?.();
              if (!target) return;
              event.preventDefault();
              target.focus();
            }}
            onCloseAutoFocus={(event) => {
              event.preventDefault();
              if (document.activeElement === document.body) returnTo?.focus({ preventScroll: true });
            }}
          >
            <Show when={!props.bare} fallback={<Kobalte.Title class="hidden">{props.title}</Kobalte.Title>}>
              <header>
                <h2>
                  <Kobalte.Title as="span">{props.title}</Kobalte.Title> {props.titleRest}
                </h2>
                {props.tools}
                <Kobalte.CloseButton class="dialog-close" aria-label="Close">
                  <Icon name="x" />
                </Kobalte.CloseButton>
              </header>
            </Show>
            {props.children}
            <Show when={props.footer}>
              <footer>{props.footer}</footer>
            </Show>
          </Kobalte.Content>
        </div>
      </Kobalte.Portal>
    </Kobalte>
  );
}
