import { createMemo, For, Show } from 'solid-js';
import { playbackTable } from '../../mastering/playback';
import { gainText, typographic } from '../kit/valueText';
import { useStudio } from '../state/studio';

/** What each service would turn the master up or down by. */
export function Services() {
  const { mastering } = useStudio();
  const rows = createMemo(() => {
    const after = mastering.song.analysis()?.after;
    return after ? playbackTable(after) : [];
  });
  return (
    <section class="services">
      <h3>Played by services</h3>
      <Show when={rows().length > 0} fallback={<p class="text-3">Known when the song is measured.</p>}>
        <table>
          <thead>
            <tr>
              <th scope="col">Service</th>
              <th scope="col">Plays at</th>
              <th scope="col">Change</th>
            </tr>
          </thead>
          <tbody>
            <For each={rows()}>
              {(row) => (
                <tr data-tip={row.sentence}>
                  <th scope="row">{row.name}</th>
                  <td>{typographic(`${row.playsAtLufs}`)} LUFS</td>
                  <td classList={{ 'text-3': row.changeDb === 0 }}>
                    {row.changeDb === 0 ? 'none' : gainText(row.changeDb)}
                  </td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </Show>
    </section>
  );
}
