export interface NameFieldProps {
  /** The accessible name, and what stands in the empty field. */
  label: string;
  value: string;
  onSave: (name: string) => void;
  onCancel: () => void;
}

/** A name to type, of a preset or a chain. Enter saves what is not empty. */
export function NameField(props: NameFieldProps) {
  return (
    <input
      ref={(input) =>
        setTimeout(() => {
          input.focus();
          input.select();
        })
      }
      class="preset-name"
      type="text"
      aria-label={props.label}
      placeholder={props.label}
      maxLength={60}
      autocomplete="off"
      spellcheck={false}
      value={props.value}
      onKeyDown={(event) => {
        event.stopPropagation();
        const name = event.currentTarget.value.trim();
        if (event.key === 'Enter' && name !== '') props.onSave(name);
        if (event.key === 'Escape') props.onCancel();
      }}
    />
  );
}
