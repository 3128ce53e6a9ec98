/** A name that becomes a field: Enter keeps what is typed, Esc does not. */
export function NameField(props: { label: string; name: string; onDone: (name: string | null) => void }) {
  let done = false;
  const finish = (name: string | null) => {
    if (done) return;
    done = true;
    const trimmed = name?.trim() ?? '';
    props.onDone(trimmed === '' || trimmed === props.name ? null : trimmed);
  };
  return (
    <input
      class="name-field"
      type="text"
      aria-label={props.label}
      value={props.name}
      spellcheck={false}
      autocomplete="off"
      maxLength={120}
      ref={(input) =>
        queueMicrotask(() => {
          input.focus();
          input.select();
        })
      }
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') finish(event.currentTarget.value);
        if (event.key === 'Escape') finish(null);
      }}
      onBlur={(event) => finish(event.currentTarget.value)}
    />
  );
}
