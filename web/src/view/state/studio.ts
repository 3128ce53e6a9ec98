import { createContext, useContext } from 'solid-js';
import type { Studio } from '../../bridge/studioTypes';

/** The session, given by the composition root. */
export const StudioContext = createContext<Studio>();

export function useStudio(): Studio {
  const studio = useContext(StudioContext);
  if (!studio) throw new Error('The view stands outside a StudioContext');
  return studio;
}
