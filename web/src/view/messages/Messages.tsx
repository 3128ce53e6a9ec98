import { createMemo, For, Show } from 'solid-js';
import type { Message } from '../../bridge/messageTypes';
import { Button } from '../kit/Button';
import { Icon } from '../kit/Icon';
import { useStudio } from '../state/studio';
import { createBegunCounter, importSummary } from './importSummary';
import './messages.css';

function MessageCard(props: { message: Message }) {
  const { messages } = useStudio();
  const alert = () => props.message.kind === 'alert';
  return (
    <div class="message" classList={{ alert: alert() }} role={props.message.kind}>
      <Icon name={alert() ? 'triangle-alert' : 'circle-check'} />
      <p>{props.message.text}</p>
      <Show when={props.message.action}>
        {(action) => (
          <Button
            onClick={() => {
              action().run();
              messages.dismiss(props.message.id);
            }}
          >
            {action().label}
          </Button>
        )}
      </Show>
      <button
        type="button"
        class="message-close"
        aria-label="Dismiss"
        onClick={() => messages.dismiss(props.message.id)}
      >
        <Icon name="x" small />
      </button>
    </div>
  );
}

interface WorkProps {
  title: string;
  detail: string;
  /** Null while it can't be told. */
  fraction: number | null;
  onCancel: () => void;
}

/** Work that goes on behind the room, with the way out of it. */
function WorkCard(props: WorkProps) {
  const percent = () => (props.fraction === null ? undefined : Math.round(props.fraction * 100));
  return (
    <div class="message work" role="group" aria-label={props.title}>
      <Icon name="loader-circle" class="turning" />
      <p>
        <b>{props.title}</b>
        <span class="ellipsis">{props.detail}</span>
      </p>
      <Button onClick={props.onCancel}>Cancel</Button>
      <div
        class="progress"
        classList={{ unknown: props.fraction === null }}
        role="progressbar"
        aria-label={props.title}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent()}
        style={{ '--fraction': props.fraction ?? 0 }}
      >
        <i />
      </div>
    </div>
  );
}

/** What the studio has to say, and what it is busy with: at the lower right, in nobody's way. */
export function Messages() {
  const studio = useStudio();
  const begun = createBegunCounter();
  const importing = createMemo(() => {
    const jobs = studio.files.imports();
    return importSummary(jobs, begun(jobs));
  });
  return (
    <section class="messages" aria-label="Messages">
      <For each={studio.messages.list()}>{(message) => <MessageCard message={message} />}</For>
      <For each={studio.projects.tasks()}>
        {(task) => (
          <WorkCard title={task.label} detail="" fraction={task.fraction} onCancel={() => task.cancel()} />
        )}
      </For>
      <Show when={importing()}>
        {(summary) => (
          <WorkCard
            title={summary().title}
            detail={summary().detail}
            fraction={summary().fraction}
            onCancel={() => studio.files.cancelImport('all')}
          />
        )}
      </Show>
    </section>
  );
}
