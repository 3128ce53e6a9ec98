import { render } from 'solid-js/web';
import { ListenPage } from './view/listen/ListenPage';
import { startTheme } from './view/state/theme';

startTheme();
// Another key in the fragment is another link: browsers do not load the page anew for it.
addEventListener('hashchange', () => location.reload());
render(() => <ListenPage address={location.href} />, document.getElementById('listen') as HTMLElement);
