/** The mark of Mixwell: four levels. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 18 18" width="18" height="18" aria-hidden="true">
      <path
        d="M3 6v6M7 3v12M11 6.5v5M15 4.5v9"
        fill="none"
        stroke="var(--accent)"
        stroke-width="2"
        stroke-linecap="round"
      />
    </svg>
  );
}
