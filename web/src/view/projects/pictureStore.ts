import { createEffect, createSignal, onCleanup } from 'solid-js';
import type { Id } from '../../model/types';
import { useStudio } from '../state/studio';
import { drawProject, type ProjectPictureData } from './picture';

const key = (id: Id) => `mixwell.picture.${id}`;
const quietMs = 2000;
const [edition, setEdition] = createSignal(0);

/** The last picture of a project, as this browser knows it; reactive. */
export function pictureOf(id: Id): ProjectPictureData | null {
  edition();
  try {
    const stored = localStorage.getItem(key(id));
    return stored === null ? null : (JSON.parse(stored) as ProjectPictureData);
  } catch {
    return null;
  }
}

/** Draws the open project's picture when it has been left alone for a moment. */
export function keepPictures(): void {
  const studio = useStudio();
  let timer: ReturnType<typeof setTimeout> | undefined;
  createEffect(() => {
    const project = studio.project();
    for (const id in project.sources) studio.peaks.get(id);
    clearTimeout(timer);
    if (project.tracks.length === 0) return;
    timer = setTimeout(() => {
      try {
        const picture = drawProject(project, (id) => studio.peaks.get(id));
        localStorage.setItem(key(project.id), JSON.stringify(picture));
        setEdition((n) => n + 1);
      } catch {
        // A full or forbidden store only costs the picture.
      }
    }, quietMs);
  });
  onCleanup(() => clearTimeout(timer));
}
