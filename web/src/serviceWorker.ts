// Keeps the built page, so that the studio opens without a network. Pages come from the network first, what carries a hash in its name
// from the cache; the server's interface, and what is shared through it, is never touched.

/** All files of this build, written in by the build. */
declare const APP_FILES: readonly string[];
declare const APP_VERSION: string;

const scope = self as unknown as ServiceWorkerGlobalScope;
const prefix = 'mixwell-app-';
const cacheName = prefix + APP_VERSION;

scope.addEventListener('install', (event) => {
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(APP_FILES)));
});

scope.addEventListener('activate', (event) => {
  event.waitUntil(
    caches.keys().then((names) => {
      const old = names.filter((name) => name.startsWith(prefix) && name !== cacheName);
      return Promise.all(old.map((name) => caches.delete(name)));
    }),
  );
});

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== scope.location.origin) return;
  if (request.mode === 'navigate') {
    const page = pageAt(pathname);
    if (page !== null) event.respondWith(fromNetwork(request, page));
  } else if (pathname.startsWith('/assets/')) {
    event.respondWith(fromCache(request, pathname));
  }
});

function pageAt(pathname: string): string | null {
  if (pathname === '/' || pathname === '/index.html') return '/';
  return pathname.startsWith('/s/') ? '/listen.html' : null;
}

async function fromNetwork(request: Request, page: string): Promise<Response> {
  const kept = () => caches.match(page, { cacheName, ignoreVary: true });
  try {
    const answer = await fetch(request);
    return answer.status < 500 ? answer : ((await kept()) ?? answer);
  } catch (error) {
    const page = await kept();
    if (page) return page;
    throw error;
  }
}

/** By the path alone: an address has nothing else to say here. */
async function fromCache(request: Request, pathname: string): Promise<Response> {
  return (await caches.match(pathname, { ignoreVary: true })) ?? fetch(request);
}
