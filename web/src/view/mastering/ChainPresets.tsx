import { createMemo, createSignal, Show, untrack } from 'solid-js';
import { isAsLaid, layChain, presetStagesOf } from '../../commands/mastering';
import { PresetChooser } from '../devices/PresetChooser';
import { Icon } from '../kit/Icon';
import { useStudio } from '../state/studio';
import {
  deleteMasterChain,
  type MasterChain,
  ourMasterChains,
  ownMasterChains,
  renameMasterChain,
  saveMasterChain,
} from './masterChains';

/** The name of the chain's preset, with the way to all of them. */
export function ChainPresets() {
  const studio = useStudio();
  const [anchor, setAnchor] = createSignal<DOMRect | null>(null);
  const name = () => studio.project().mastering.preset;
  const chosen = createMemo(
    () =>
      ownMasterChains().find((chain) => chain.name === name()) ??
      ourMasterChains.find((chain) => chain.name === name()),
  );
  const edited = createMemo(() => {
    const chain = chosen();
    return chain !== undefined && !isAsLaid(studio.project(), chain.stages);
  });
  return (
    <>
      <button
        type="button"
        class="device-preset chain-preset"
        aria-label={`Chain preset ${name() || 'none'}${edited() ? ', edited' : ''}`}
        aria-haspopup="dialog"
        data-tip="Presets of the whole chain"
        onClick={(event) => setAnchor(event.currentTarget.getBoundingClientRect())}
      >
        <span class="ellipsis">{name() || 'No preset'}</span>
        <Show when={edited()}>
          <span class="text-3">edited</span>
        </Show>
        <Icon name="chevron-down" small />
      </button>
      <Show when={anchor()} keyed>
        {(at) => <ChainList anchor={at} current={name()} onClose={() => setAnchor(null)} />}
      </Show>
    </>
  );
}

/** The presets of the whole chain. */
function ChainList(props: { anchor: DOMRect; current: string; onClose: () => void }) {
  const studio = useStudio();
  /** Without what arrows play. */
  const before = untrack(studio.project);
  const named = (preset: string) =>
    studio.doc.commit(`Chain: ${preset}`, [{ op: 'mastering.set', fields: { preset } }]);
  return (
    <PresetChooser<MasterChain>
      title="Chain presets"
      anchor={props.anchor}
      ours={ourMasterChains}
      own={ownMasterChains()}
      current={props.current}
      onPlay={({ stages }) => studio.doc.preview(layChain(before, props.current, stages))}
      onChoose={({ name, stages }) => studio.doc.commit(`Chain: ${name}`, layChain(before, name, stages))}
      onSave={(name) => {
        studio.doc.preview(null);
        saveMasterChain({ name, stages: presetStagesOf(studio.project()) });
        named(name);
      }}
      onRename={(from, to) => {
        renameMasterChain(from, to);
        if (props.current === from) named(to);
      }}
      onDelete={deleteMasterChain}
      onClose={props.onClose}
    />
  );
}
