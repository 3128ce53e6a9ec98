import type { ImportPlace } from '../../bridge/projectTypes';
import { useStudio } from '../state/studio';
import { wantedFiles } from './droppedFiles';

/** Everything that import can read, and project files. */
export const acceptedFiles =
  '.wav,.wave,.bwf,.rf64,.aif,.aiff,.aifc,.flac,.mp3,.ogg,.oga,.opus,.mixwell,audio/*';

let input: HTMLInputElement | undefined;
let place: ImportPlace | undefined;
let receive: ((files: File[]) => void) | undefined;

/** Opens the file dialog; what is chosen becomes tracks, or clips at a place. */
export function chooseAudioFiles(at?: ImportPlace): void {
  place = at;
  receive = undefined;
  input?.click();
}

/** Opens the file dialog and hands the files over instead of importing them. */
export function chooseFilesFor(use: (files: File[]) => void): void {
  receive = use;
  input?.click();
}

/** The page's one file input, labelled "Audio files"; every button that adds audio opens it. */
export function AudioFilesInput() {
  const studio = useStudio();
  return (
    <section class="hidden" aria-label="Files">
      <input
        ref={input}
        type="file"
        multiple
        tabIndex={-1}
        accept={acceptedFiles}
        aria-label="Audio files"
        onCancel={() => {
          place = undefined;
          receive = undefined;
        }}
        onChange={(event) => {
          const chosen = wantedFiles(event.currentTarget.files ?? []);
          event.currentTarget.value = '';
          const use = receive ?? ((files: File[]) => void studio.files.importFiles(files, place));
          place = undefined;
          receive = undefined;
          if (chosen.length > 0) use(chosen);
        }}
      />
    </section>
  );
}
