import type { Studio } from '../../bridge/studioTypes';
import { addMarker, deleteMarkers, loopMarker, setMarkerRange } from '../../commands/timeline';
import type { Marker } from '../../model/types';
import type { MenuEntries } from '../kit/Menu';
import { setRenamingMarkerId } from '../state/layout';

/** Adds it and asks for its name. */
export function addSection(studio: Studio, startFrame: number, endFrame = startFrame): void {
  const patches = addMarker(studio.project(), { startFrame, endFrame });
  studio.doc.commit('Add section', patches);
  for (const patch of patches) if (patch.op === 'marker.add') setRenamingMarkerId(patch.marker.id);
}

/** What a right click on a section offers. */
export function sectionEntries(studio: Studio, marker: Marker): MenuEntries {
  const isStretch = marker.endFrame > marker.startFrame;
  const { loop } = studio.project();
  return [
    { label: 'Rename', icon: 'pencil', run: () => setRenamingMarkerId(marker.id) },
    { label: 'Go there', icon: 'skip-forward', run: () => studio.transport.seek(marker.startFrame) },
    {
      label: 'Loop',
      icon: 'repeat',
      disabled: !isStretch,
      run: () =>
        studio.doc.commit(`Loop ${marker.name}`, loopMarker(studio.project(), { markerId: marker.id })),
    },
    {
      label: 'Take the range of the loop',
      disabled: loop.endFrame <= loop.startFrame,
      run: () =>
        studio.doc.commit(
          'Move section',
          setMarkerRange(studio.project(), {
            markerId: marker.id,
            startFrame: loop.startFrame,
            endFrame: loop.endFrame,
          }),
        ),
    },
    { kind: 'line' },
    {
      label: 'Delete',
      icon: 'trash',
      danger: true,
      run: () =>
        studio.doc.commit('Delete section', deleteMarkers(studio.project(), { markerIds: [marker.id] })),
    },
  ];
}
